"""The pages. Each chooses figures and puts them on the screen; what may be seen is settled in ``gegevens`` before."""
