"""What a reader gets: the page, the charts, the brief and the workbook."""
