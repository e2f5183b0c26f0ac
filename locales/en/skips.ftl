# Why nothing is sent today.
# Key: `skip-` and the code of collections::strategy::SkipReason; variables: its values, amounts written with their currency.

skip-hold = On hold until { $until }.
skip-promise-open = Payment is promised for { $on }.
skip-disputed = All that is open is in dispute: { $disputed }.
skip-below-minimum = { $amount } is overdue, less than the { $minimum } that is worth a message.
skip-draft-waiting = A draft of level { $level } waits to be sent or set aside.
skip-nothing-net = Unapplied money and credits of { $unapplied } cover what is overdue: apply them first.
skip-nothing-open = Nothing is open.
skip-not-yet = The next step is due on { $on }.
skip-ladder-done = The last step was taken. A person decides what follows.
