# Why an account is where it is on the worklist, and how promises stand.
# Key: `reason-` and the code of collections::worklist::Reason; variables: its values. Amounts are written with their
# currency; values named …_bps arrive in per cent ("62.5%").

reason-overdue = { $amount } is overdue
reason-days-late =
    { $days ->
        [one] the oldest item is { $days } day late
       *[other] the oldest item is { $days } days late
    }
reason-promises-broken =
    { $count ->
        [one] { $count } promise broken in the last six months
       *[other] { $count } promises broken in the last six months
    }
reason-promise-open =
    { $count ->
        [one] { $count } promise is open: trust it until its day
       *[other] { $count } promises are open: trust them until their day
    }
reason-never-contacted = nobody has spoken with them yet
reason-not-contacted =
    { $days ->
        [one] no contact for { $days } day
       *[other] no contact for { $days } days
    }
reason-just-contacted =
    { $days ->
        [0] contacted today: leave them in peace
        [1] contacted yesterday: leave them in peace
       *[other] contacted { $days } days ago: leave them in peace
    }
reason-look-again = the day to look at it again has come
reason-disputed = { $share_bps } of what is overdue is in dispute: solve that first
reason-credit-used = { $usage_bps } of the credit limit is used
reason-pays-late =
    { $days ->
        [one] usually pays { $days } day late
       *[other] usually pays { $days } days late
    }

# Key: `judged-` and the code of collections::promise::Judged; `withdrawn` is a person's act.
judged-open = open
judged-kept = kept
judged-partly-kept = partly kept
judged-broken = broken
judged-withdrawn = withdrawn
