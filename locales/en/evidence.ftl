# Why a payment is proposed for an invoice, or why not.
# Key: `evidence-` and the code of cash::matching::Evidence; variables: its values, amounts written with their currency.

evidence-refers-to = The text names { $number }.
evidence-refers-weakly-to = The text seems to name { $number }: only its ending, or with letters that look like digits.
evidence-not-open = The text names { $number }, which is not open any more.
evidence-payer-known = The payer is known by account, telephone or tax number.
evidence-payer-by-name = The text has the name of the customer: "{ $words }".
evidence-payer-learned = A person said once that payments of "{ $words }" are this customer's.
evidence-other-payer = The text names { $number }, which belongs to another customer than the payer.
evidence-mixed-customers = The invoices named belong to { $count } customers.
evidence-exact-amount = The amount, { $amount }, is exactly what is open.
evidence-with-discount = The amount settles it with the discount for paying early, { $discount }.
evidence-same-amount = { $count } open items have exactly this amount.
evidence-only-combination =
    Only one combination of the customer's open items adds up to this amount: { $count ->
        [one] { $count } item.
       *[other] { $count } items.
    }
evidence-several-combinations =
    { $count ->
        [100] 100 or more combinations of open items add up to this amount.
       *[other] { $count } combinations of open items add up to this amount.
    }
evidence-not-counted = The customer has { $count } open items, too many to try every combination.
evidence-overpaid = The payment is { $rest } more than what is open; that stays unapplied.
evidence-short-by = The payment is { $missing } short.
evidence-within-tolerance = What is missing, { $missing }, is within the tolerance.
evidence-oldest-first = This customer's payments settle the oldest items first, as agreed.
evidence-nothing-open = The customer has nothing open.
evidence-no-evidence = Neither a number nor the payer nor the amount says what this payment is for.
