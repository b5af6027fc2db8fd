"""The form to fill in without a connection: DOCX or CSV, and back again.

``writing`` makes both, ``reading`` takes texts from them (both pure), ``meaning``
finds out what the texts say.
"""
