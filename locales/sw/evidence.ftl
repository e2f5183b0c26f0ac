# needs a native reader
# Kwa nini malipo yanapendekezwa kwa ankara, au kwa nini hapana.

evidence-refers-to = Maandishi yanataja { $number }.
evidence-refers-weakly-to = Maandishi yanaonekana kutaja { $number }: mwisho wake tu, au kwa herufi zinazofanana na tarakimu.
evidence-not-open = Maandishi yanataja { $number }, ambayo haina tena deni lililobaki.
evidence-payer-known = Mlipaji anajulikana kwa akaunti, simu au nambari ya mlipakodi (TIN).
evidence-payer-by-name = Maandishi yana jina la mteja: "{ $words }".
evidence-payer-learned = Mtu alisema kuwa malipo ya "{ $words }" ni ya mteja huyu.
evidence-other-payer = Maandishi yanataja { $number }, ambayo ni ya mteja mwingine na si mlipaji.
evidence-mixed-customers = Ankara zilizotajwa ni za wateja { $count }.
evidence-exact-amount = Kiasi, { $amount }, ni sawa kabisa na deni lililobaki.
evidence-with-discount = Kiasi kinamaliza deni pamoja na punguzo la kulipa mapema, { $discount }.
evidence-same-amount = Madeni { $count } yaliyobaki yana kiasi hiki hasa.
evidence-only-combination = Kuna mchanganyiko mmoja tu wa madeni ya mteja unaofikia kiasi hiki; idadi ya madeni: { $count }.
evidence-several-combinations =
    { $count ->
        [100] Michanganyiko 100 au zaidi ya madeni yaliyobaki inafikia kiasi hiki.
       *[other] Michanganyiko { $count } ya madeni yaliyobaki inafikia kiasi hiki.
    }
evidence-not-counted = Mteja ana madeni { $count } yaliyobaki, mengi mno kujaribu kila mchanganyiko.
evidence-overpaid = Malipo yamezidi deni lililobaki kwa { $rest }; ziada inabaki kwenye akaunti.
evidence-short-by = Malipo yamepungua kwa { $missing }.
evidence-within-tolerance = Kilichopungua, { $missing }, kiko ndani ya kiwango kinachokubalika.
evidence-oldest-first = Malipo ya mteja huyu hulipa kwanza madeni ya zamani zaidi, kama ilivyokubaliwa.
evidence-nothing-open = Mteja hana deni lililobaki.
evidence-no-evidence = Nambari, mlipaji wala kiasi havisemi malipo haya ni ya nini.
