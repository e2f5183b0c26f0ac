# needs a native reader
# Impamvu konti iri kuri uyu mwanya w'urutonde, n'uko amasezerano ahagaze.

reason-overdue = { $amount } yarengeje igihe
reason-days-late =
    { $days ->
        [1] ibimaze igihe kurusha ibindi bikererewe umunsi { $days }
       *[n] ibimaze igihe kurusha ibindi bikererewe iminsi { $days }
    }
reason-promises-broken = amasezerano atarubahirijwe mu mezi atandatu: { $count }
reason-promise-open = amasezerano agitegerejwe: { $count }; bizere kugeza umunsi wayo ugeze
reason-never-contacted = nta muntu uravugana na bo
reason-not-contacted =
    { $days ->
        [1] hashize umunsi { $days } batavugishwa
       *[n] hashize iminsi { $days } batavugishwa
    }
reason-just-contacted =
    { $days ->
        [0] bavugishijwe uyu munsi: ubareke bahumeke
        [1] bavugishijwe ejo hashize: ubareke bahumeke
       *[n] bavugishijwe hashize iminsi { $days }: ubareke bahumeke
    }
reason-look-again = umunsi wo kongera kuyireba wageze
reason-disputed = { $share_bps } by'ayarengeje igihe ariho ikibazo: banza ugikemure
reason-credit-used = { $usage_bps } by'umwenda ntarengwa byarakoreshejwe
reason-pays-late =
    { $days ->
        [1] akunze kwishyura akererewe umunsi { $days }
       *[n] akunze kwishyura akererewe iminsi { $days }
    }

judged-open = riracyategerejwe
judged-kept = ryubahirijwe
judged-partly-kept = ryubahirijwe igice
judged-broken = ritubahirijwe
judged-withdrawn = ryakuweho
