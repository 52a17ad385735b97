{{ land('exclusie_maand', 'wachtlijst', ['cluster', 'exclusiecriterium'], tellingen=['aantal', 'na_intake']) }}
