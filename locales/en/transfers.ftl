page-transfers = Transfers between own accounts
transfers-what = Money that moves between your own accounts, and a wallet swept to the bank, is nobody's payment. It is in transit until both sides are seen.
transfers-maybe = Perhaps one movement
transfers-in-transit = In transit
transfers-none = Nothing is in transit.
transfers-found = Both sides seen
transfer-out = Went out
transfer-in = Came in
transfer-other = Other account
transfer-state = State
transfer-days = { $days ->
    [one] in transit, 1 day
   *[other] in transit, { $days } days
}
transfer-said-reference = both sides seen: the same reference
transfer-said-account = both sides seen: one names the other's account
transfer-said-amount = both sides seen: your own money, the same amount and days
transfer-said-person = both sides seen: a person said so
do-mark-transfer = One movement
do-undo-transfer = It was no transfer
done-transfer-marked = It is a transfer between your accounts now, and no payment.
done-transfer-undone = It is taken back.
word-account = Account
line-transfer = own transfer
row-own-transfer = money of your own: the other side was seen in { $account }, so it is no payment
row-in-transit = money of your own, in transit until its other side is seen; it is no payment
refund-transfer-between-own-accounts = Transfer between own accounts
cause-transfer = transfer between own accounts
kind-transfer = transfer
kind-money-that-went-out = line that money went out by
kind-number-of-an-account = number of an account
field-transfer = transfer
refusal-no-transfer = { $went } and { $came } are not one movement: their amounts differ, or they are of the same account. Choose two sides of one amount in two accounts.
refusal-undo-transfer = { $receipt } is money of your own, in transit. Say "it was no transfer" on the page of transfers, or use `transfer undo`.
action-account-number = say by which numbers banks call a money account
action-transfer-save = say what is a transfer between own accounts, and take it back

page-columns = Columns of a bank's table
columns-what = Say once what each column holds; every later file of the account is read so. What the values show is chosen already.
columns-missing = No column holds this yet: { $field }. Without it no movement can be read.
columns-number = Column { $number }
columns-none = nothing we need
columns-needed = The table does not say enough to be read. Say what its columns hold.
do-keep-columns = Keep and read
do-see-columns = Columns

# What a column of a bank's table holds. Key: `bank-` and the field.
bank-on = Day
bank-value-on = Value day
bank-text = What it says
bank-reference = Reference
bank-debit = Money out
bank-credit = Money in
bank-amount = Amount with its sign
bank-side = Debit or credit
bank-balance = Balance after it
bank-currency = Currency
bank-counterparty = Name of the other side
bank-counterparty-ref = Number of the other side
bank-account = Our account
