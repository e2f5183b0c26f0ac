# needs a native reader
# Pourquoi un compte est à cette place dans la liste de travail, et où en sont les promesses.

reason-overdue = { $amount } en retard
reason-days-late =
    { $days ->
        [one] le poste le plus ancien a { $days } jour de retard
       *[other] le poste le plus ancien a { $days } jours de retard
    }
reason-promises-broken =
    { $count ->
        [one] { $count } promesse non tenue en six mois
       *[other] { $count } promesses non tenues en six mois
    }
reason-promise-open =
    { $count ->
        [one] { $count } promesse en cours : faites-lui confiance jusqu'à son jour
       *[other] { $count } promesses en cours : faites-leur confiance jusqu'à leur jour
    }
reason-never-contacted = personne ne leur a encore parlé
reason-not-contacted =
    { $days ->
        [one] aucun contact depuis { $days } jour
       *[other] aucun contact depuis { $days } jours
    }
reason-just-contacted =
    { $days ->
        [0] contactés aujourd'hui : laissez-les tranquilles
        [1] contactés hier : laissez-les tranquilles
       *[other] contactés il y a { $days } jours : laissez-les tranquilles
    }
reason-look-again = le jour de revoir ce compte est arrivé
reason-disputed = { $share_bps } du retard est en litige : réglez cela d'abord
reason-credit-used = { $usage_bps } du plafond de crédit est utilisé
reason-pays-late =
    { $days ->
        [one] paie d'habitude avec { $days } jour de retard
       *[other] paie d'habitude avec { $days } jours de retard
    }

judged-open = en cours
judged-kept = tenue
judged-partly-kept = tenue en partie
judged-broken = non tenue
judged-withdrawn = retirée
