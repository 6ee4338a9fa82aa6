"""The report in forms to take along: workbook, list, data, slides, text."""
