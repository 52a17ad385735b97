"""From the landing area to judged rows: names, readers, refusal, pseudonyms at the door, and the register.

Belongs here: everything between a file as delivered and one parquet file of typed, judged rows per delivery. Does not belong
here: the warehouse, figures, or what is judged over several deliveries (a key that occurs twice: dbt's staging).
"""
