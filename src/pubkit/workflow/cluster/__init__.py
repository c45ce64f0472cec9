"""Editions made on other machines: a Dask cluster does what a local run does, byte for byte.

::

    client   document --shipment--> job, blobs ------+                     +--> arrivals --> build/
                                                     | crew (Dask)         |
    worker                              station: store --> bench (a process of its own) --> answer

``crew.py`` and ``connection.py`` know Dask; everything else knows bytes.
"""
