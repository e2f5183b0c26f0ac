# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Main menu
script-lost = The connection was lost. What you typed is still here, and trying again is safe.
script-retry = Try again
script-close = Close
script-leave = What you typed is not saved yet. Leave it?
script-restored = Your unsent text is back.
script-discard = Throw it away
script-keys = Keys of this page
script-walk = next and previous row
script-choose = choose the row

# Charts.
chart-nothing = Nothing to draw yet.
chart-trend = From { $from } ({ $first }) to { $to } ({ $last }); lowest { $low }, highest { $high }.
chart-period = Period
chart-low = Low
chart-likely = Likely
chart-high = High

# Search.
search-what = What do you look for?
do-search = Search
search-how = Any of these finds it, in any spelling: a name or a part of it, a customer's code, a telephone number or its last four digits, a tax number (TIN), an e-mail address, the number of an invoice or receipt, an exact amount.
search-nothing = Nothing was found for "{ $text }".
search-more = More than these fit. Type more of it to see the others.
search-facts = Details
search-found-by = Found by
search-tin = TIN { $tin }
search-open = { $amount } open
search-customers = Customers
search-invoices = Invoices and credit notes
search-receipts = Receipts
found-nearly = { $what }, spelled nearly so
found-by-code = code
found-by-number = number
found-by-reference = reference
found-by-tin = tax number (TIN)
found-by-payment-code = payment code
found-by-phone = telephone
found-by-email = e-mail
found-by-name = name
found-by-person = a person there
found-by-payer = who paid
found-by-open-amount = open amount
found-by-amount = amount

# Lists.
list-all = all
list-clear = Clear the filter
list-customer-code = Customer's code
list-from = From
list-until = Until
list-first-page = First page
list-next-page = Next page
list-previous-page = Previous page
list-walked-to = Looked back to { $day } so far. The next page looks further back.
field-state = state
field-as-of = day
field-known-at = known at
field-by = one row per
field-page = page
done-by = { $user }, { $at }
word-yes = yes

# Invoices. States agree with the invoice.
page-invoices = Invoices
invoices-none = No invoice is posted yet. Take in those you have from a file.
invoices-none-fit = No invoice fits all of this.
invoice-state-open = open
invoice-state-overdue = overdue
invoice-state-settled = settled
invoice-state-disputed = in dispute
invoice-state-awaited = certificate awaited
invoice-issued-on = Issued on
invoice-posted-on = Posted on
invoice-lines = Lines
line-what = What
line-quantity = Quantity
line-price = Unit price
line-tax-class = Tax class
invoice-net = Before tax
line-tax = Tax
invoice-instalments = Instalments
invoice-instalment = instalment { $number }
do-new-invoice = New invoice
invoice-new-what = Write the lines, work the invoice out, then post it. A code, a name, a TIN or a telephone number says who is billed; without a due day the terms of the customer count.
prices = Prices
prices-net = without tax
prices-gross = with tax
line-unit = Unit
line-discount = Discount
do-work-out = Work out
do-post-invoice = Post the invoice
do-more-lines = More lines
done-invoice-posted = The invoice is posted.
done-invoice-posted-twin = The invoice is posted. Another one of the same customer, days and total says the same: look whether it is billed twice.
invoice-instalment-head = Instalment
invoice-moved = What moved it
invoice-not-moved = Nothing was paid or credited yet.
invoice-facts = About it
invoice-terms = Terms
invoice-early = Paying early
invoice-early-offer = until { $day }: { $amount } settles it, { $discount } less
do-print = Print
do-print-statement = Statement of account
page-billing = To be billed
billing-what = What contracts bill by today, and what late payers owe beside it. Nothing is posted before you say so.
billing-due = Contracts that are due
billing-nothing-due = Nothing is due by today.
billing-parked = { $count ->
    [one] One invoice waits: its customer would get more today than the company lets a run make. Look at it, then bill it.
   *[other] { $count } invoices wait: their customers would get more today than the company lets a run make. Look at them, then bill them.
}
billing-is-parked = waits for you
billing-period = Period
billing-difference = Against the period before
billing-more = and { $count } more
billing-late = Late fees and interest
billing-nothing-late = Nothing is to be charged. What is charged is decided in the settings: late interest, late fee, days of grace.
billing-days = Days
billing-interest = Interest
billing-fee = Fee
billing-contracts = Contracts
billing-no-contracts = There are none yet. “ideni contract add” writes one down.
billing-lasts = Lasts from
billing-billed-to = Billed to
do-bill-contracts = { $count ->
    [one] Post one invoice
   *[other] Post { $count } invoices
}
do-bill-parked = Post those that wait, too
do-raise-late-charges = Raise late charges on { $count } invoices
done-contracts-billed = What was due is billed.
done-late-charges-raised = The late charges are raised.
word-contract = Contract
contract-line = { $what }, { $from } to { $until }
late-interest-line = Interest on { $invoice }: { $days } days at { $rate } % a year
late-fee-line = Late fee on { $invoice }
invoice-certificates = Tax withheld
certificate-say = Say what became of it
certificate-said = Number of the paper, period of the return, or reason
certificate-what = What the customer withheld is not overdue; its certificate is awaited. Without an amount it is what the kind takes of the invoice.
certificate-kind = What was withheld
certificate-awaited = certificate awaited
certificate-on-file = on file
certificate-claimed = claimed
certificate-refused = refused
certificate-settled = paid otherwise
do-certificate-await = Await a certificate
do-certificate-file = It is here
do-certificate-claim = Claimed in a return
do-certificate-refuse = There is none
done-certificate-saved = The certificate is noted.
word-awaited = certificate awaited
title-certificates = Certificates of tax withheld
invoice-bill-to = Billed to
invoice-beneficiary = Beneficiary
invoice-credits = Credits invoice
invoice-opening = Part of the opening load
invoice-credit-notes = Credit notes
invoice-notices = Reminders
seen-as-of = As of { $day }.
seen-as-known = As of { $day }, as known at { $at }.
seen-not-yet = It was not there yet.
seen-now = As it is now

# The ledger.
ledger-title = Ledger entries
ledger-what = What was posted for it, debit and credit.
ledger-account = Account
ledger-cause = For
ledger-debit = Debit
ledger-credit = Credit
cause-invoice = invoice
cause-credit-note = credit note
cause-receipt = receipt
cause-identification = payer identified
cause-settlement = settlement
cause-opening = opening load
cause-refund = refund

# Receipts. States agree with the receipt, the money received.
page-receipts = Receipts
receipts-none = No money came in yet. Take in a statement of your bank or wallet.
receipts-none-fit = No receipt fits all of this.
receipt-unnamed = without reference
receipt-state-unidentified = payer unknown
receipt-state-unapplied = on account
receipt-state-applied = applied
receipt-state-refunded = sent back
receipt-from = From
receipt-left = Left to apply
receipt-became = What became of it
receipt-untouched = Nothing was done with it yet.
receipt-identified = Payer known
receipt-line = Statement line
receipt-text = Text
receipt-balance-after = Balance after
receipt-taken-in = Taken in
receipt-no-line = It came with no statement line: a person recorded it, or a file of receipts did.
receipt-next-exception = Next that waits

# Receipts that wait.
page-exceptions = Receipts that wait
exceptions-what = Each stands beside what may be done with it, and why. Nothing is applied before you say so.
exceptions-nobodys = Payer unknown
exceptions-on-account = On account
exceptions-none = Nothing waits here. The next statement may bring something.
exceptions-same-amount = Just this amount is open on:
exceptions-other-invoice = Another invoice
exceptions-whose = Say whose it is
exceptions-find-customer = Find the customer
exceptions-no-customer = No customer fits that.
proposal-sure = sure
proposal-proposed = proposed
proposal-none = no proposal
do-apply-proposal = Apply as proposed
do-identify = It is theirs
done-receipt-applied = The payment is applied.
done-receipt-identified = The payer is known now. What it may settle stands beside it.

# The ageing.
ageing-by = One row per
ageing-by-customer = customer
ageing-by-invoice = invoice
ageing-by-segment = segment
ageing-by-currency = currency
ageing-all = All that is open
ageing-known-at = As known at
ageing-known-at-what = What was recorded later does not count: the answer given then. The company's clock, to the minute.
ageing-buckets = Limits in days late
ageing-nothing = Nothing is open here.
ageing-unidentified = Came in, payer unknown:
ageing-items =
    { $count ->
        [one] { $count } open instalment, { $amount }
       *[other] { $count } open instalments, { $amount }
    }
do-credit-invoice = Credit the invoice
do-post-credit-note = Post the credit note
credit-what = { $left } is left to be credited; without an amount or quantities, all of it.
credit-amount = Amount with its tax
credit-explanation = What happened, and what proves it
credit-left = Left
credit-quantity = Quantity to credit
done-credit-note-posted = The credit note is posted.
done-credit-note-asked = A second person is asked to approve the credit note.
credit-reason-missing-quantity = quantity missing
credit-reason-missing-item = item missing
credit-reason-damaged = damaged
credit-reason-wasted = wasted
credit-reason-shortage = raw material short
credit-reason-returned = returned
credit-reason-wrong-tin = wrong TIN of the customer
credit-reason-wrong-name = wrong name of the customer
credit-reason-wrong-price = wrong price
credit-reason-wrong-quantity = wrong quantity
credit-reason-wrong-item = wrong item
credit-reason-wrong-tax = wrong tax class
credit-reason-other = other
