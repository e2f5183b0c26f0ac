# Lists, search and charts.
