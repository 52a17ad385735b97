{{ geleverde_maanden('wachtlijst') }}
