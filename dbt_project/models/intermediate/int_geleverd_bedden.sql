{{ geleverde_maanden('bedden') }}
