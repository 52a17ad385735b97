{{ geleverde_maanden('declaraties') }}
