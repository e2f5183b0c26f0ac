# Customers, their contacts and bank details, and what waits for a second person.
