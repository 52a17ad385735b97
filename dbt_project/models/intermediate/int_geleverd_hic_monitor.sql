{{ geleverde_maanden('hic_monitor') }}
