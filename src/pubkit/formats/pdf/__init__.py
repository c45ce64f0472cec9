"""PDFs: their structure and their archive edition written, finished files read back.

::

    laid out --finishing--> PDF (structure: PDF/UA-1) --archive--> PDF/A-3a
    PDF --reader--> PublishedFile (pages: as seen, elements: as read aloud, conformance: faults)
"""
