# Customers, their contacts and bank details, and what waits for a second person.

# Why a value cannot be used.
unusable-no-phone = it is not a telephone number; write it as 0788 123 456, a foreign one with its +
unusable-no-email = it is not an e-mail address; write it as name@company.rw
unusable-no-time-of-day = it is not a time of day; write it as 08:30
unusable-ends-before-begin = it must be after { $begin }
unusable-no-account-number = an account number has 5 to 34 letters and digits
unusable-contact-ended = this contact has ended; add the person anew
unusable-whole-number = give a whole number from { $from } to { $to }

# What a person may do.
action-customer-merge = merge customers
action-contact-save = save contacts
action-bank-details-save = save bank details
action-bank-details-read = read bank details in full
action-approval-ask = ask for an approval
action-approval-decide = decide on requests

# Why two customers may be one. Key: `alike-` and the code of receivables::customer::duplicate::Alike.
alike-tin = the same tax number (TIN), { $tin }
alike-phone = the same telephone number, { $phone }
alike-same-name = the same name
alike-near-name = nearly the same name

# What commands say.
command-waits-for-approval = This waits for a second person, as request { $id }: ideni approval approve { $id }

# Fields of customers, contacts and bank details.
field-call-from = call from
field-call-to = call until
field-collector = collector
field-contact = contact
field-credit-limit = credit limit
field-days = days
field-district = district
field-email = e-mail
field-gap = missing
field-holder = account holder
field-institution = bank or wallet
field-phone = telephone
field-purse = held in
field-terms-days = days to pay

# Codes of customers, contacts, bank details and requests.
customer-business = business
customer-person = person
language-en = English
language-fr = French
language-rw = Kinyarwanda
language-sw = Swahili
position-accounts-payable = accounts payable
position-manager = manager
position-owner = owner
position-legal = legal
position-other = other
purse-bank = bank account
purse-wallet = mobile money
limit-unset = not decided
limit-none = no limit
limit-amount = an amount
gap-tin = tax number (TIN)
gap-phone = telephone
gap-email = e-mail
gap-language = language
gap-terms = days to pay
gap-limit = credit limit
gap-collector = collector
request-bank-details = Bank details
request-write-off = Write-off
request-credit-note = Credit note
request-refund = Refund
decision-waiting = waiting
decision-approved = approved
decision-rejected = turned down
decision-withdrawn = taken back

# Pages: the list of customers.
page-customers = Customers
page-gaps = Missing data
page-duplicates = Possible duplicates
page-approvals = Approvals
do-new-customer = New customer
do-edit = Change
do-save = Save
customers-find = Name, code, TIN or telephone
customers-all = all
customers-nobody = nobody
customers-none = No customer fits. Ask for less, or show all.
customers-show-all = Show all
customer-merged = merged

# One customer.
customer-account = Open the account
customer-data = Data
customer-language = Language of messages
customer-limit-amount = Credit limit in { $currency }
customer-contacts = Contacts
customer-payers = Who pays for this customer
payer-learned-from = learned from { $receipt }
payers-none = Nobody is known yet. Whom you name for a receipt is known the next time.
customer-bank = Bank details for refunds
customer-merges = Merged customers
customer-history = History
customer-merged-into = This customer is looked at under
customer-similar = Is it one of these?
customer-similar-what = If it is, use that customer; if not, say so below and save.
customer-anyway = It is another customer: save anyway
done-customer-saved = The customer is saved.

# Two people saved one customer.
conflict-title = Somebody saved this customer meanwhile
conflict-who = Saved by { $who }.
conflict-what = Below are both versions; the form holds yours where you changed something, and theirs elsewhere. Correct it, then save.
conflict-field = Field
conflict-common = When you opened it
conflict-theirs = Now
conflict-mine = Yours
conflict-clash = both changed it
history-when = When
history-who = Who
history-was = Was
history-became = Became
history-none = Nothing was changed yet.

# Contacts.
do-add-contact = Add a contact
do-add-payer = Add a payer
do-forget = Forget
do-end-contact = End this contact
contacts-none = Nobody is known here yet. Add whoever pays the invoices.
contact-position = Position
contact-channel = Prefers
contact-prefers = prefers
contact-days = Days to call on
contact-primary = first to ask
contact-primary-what = Ask this person first
contact-ended = ended
contact-is-ended = This contact has ended.
contact-end-reason = Why (left, asked to be left alone …)
done-contact-saved = The contact is saved.
done-contact-ended = The contact has ended.

# Bank details.
bank-none = None yet.
bank-approved = Asked by, approved by
bank-change = New bank details
bank-what = They count once another person has approved them. Check the number with the customer, by a telephone number you knew before.
bank-reason = Why, and how it was checked
do-ask = Ask for approval

# Duplicates and merges.
duplicates-what = Two records of one customer split its debt. Compare them, and merge what is one; nothing posted changes, and a merge can be taken back.
duplicates-none = No two customers look alike.
duplicates-other = May be
duplicates-score = Likeness
do-compare = Compare
merge-title = Merge customers
merge-what = Both are looked at as one account. Each keeps its code and what was posted to it, and the merge can be taken back.
merge-this = goes into the other
merge-stays = stands for both
merge-into = into
merge-into-code = Code of the customer that stands for both
merge-turn = The other way round
merge-none = No other customer is merged into this one.
merge-look = Merge this customer into another
merge-undone = taken back
do-merge = Merge
do-unmerge = Take the merge back
done-customer-merged = The customers are looked at as one.
done-customer-unmerged = Each customer has its own account again.

# What is missing.
gaps-of = of { $customers } customers
gaps-what = What is missing makes reminders late and payments hard to match. Whoever has most open comes first.
gaps-none = Nothing is missing here.
gaps-missing = Missing

# Approvals.
approvals-what = What one person asks for and another decides: bank details, large write-offs, large credit notes, refunds.
approvals-for-me = Waiting for you
approvals-none-for-me = Nothing waits for your decision.
approvals-mine = Asked by you
approvals-none-mine = Nothing you asked for waits.
approvals-others = Waiting for others
approvals-decided = Decided lately
approvals-alone = Decided alone
approvals-alone-what = Here the person who asked also approved, a day later and with a reason, because the company has one person.
approvals-is-alone = by the one who asked
approvals-asked = Asked by
approvals-new = Asked for
approvals-now = Now
approvals-note = Note (if any)
approvals-why-alone = Why you decide alone
do-approve = Approve
do-reject = Turn down
do-withdraw = Take back
done-approval-asked = It waits for a second person now.
done-approved = It is approved and carried out.
done-rejected = It is turned down; nothing was carried out.
