{{ land('zorgzwaarte', 'declaraties', ['cluster', 'zorgvraagtype'], tellingen=['prestaties', 'verblijfsdagen']) }}
