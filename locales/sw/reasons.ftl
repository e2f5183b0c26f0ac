# needs a native reader
# Kwa nini akaunti iko mahali hapa kwenye orodha ya kazi, na hali ya ahadi.

reason-overdue = { $amount } imechelewa kulipwa
reason-days-late = deni la zamani zaidi limechelewa siku { $days }
reason-promises-broken = ahadi zilizovunjwa katika miezi sita: { $count }
reason-promise-open = ahadi zinazosubiriwa: { $count }; waamini hadi siku yake
reason-never-contacted = bado hakuna aliyezungumza nao
reason-not-contacted = siku { $days } bila mawasiliano
reason-just-contacted =
    { $days ->
        [0] tumewasiliana nao leo: waache wapumzike
        [1] tuliwasiliana nao jana: waache wapumzike
       *[other] tuliwasiliana nao siku { $days } zilizopita: waache wapumzike
    }
reason-look-again = siku ya kuiangalia tena imefika
reason-disputed = { $share_bps } ya kilichochelewa ina mgogoro: utatue kwanza
reason-credit-used = { $usage_bps } ya kikomo cha mkopo imetumika
reason-pays-late = kwa kawaida hulipa kwa kuchelewa siku { $days }

judged-open = inasubiriwa
judged-kept = imetimizwa
judged-partly-kept = imetimizwa kwa sehemu
judged-broken = imevunjwa
judged-withdrawn = imeondolewa
