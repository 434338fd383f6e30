rfm-title = <b>RFM</b> · { $period }
rfm-period-all = за всё время
rfm-period-year = за год
rfm-period-quarter = за 90 дней
rfm-empty = Покупок пока нет. Запишите первую: /sale и номер карточки.
rfm-buyers = { $count ->
    [one] { $count } покупатель
    [few] { $count } покупателя
   *[other] { $count } покупателей
}
rfm-buyers-money = { $count ->
    [one] { $count } покупатель
    [few] { $count } покупателя
   *[other] { $count } покупателей
} · { $money }
rfm-press = Нажмите на группу, чтобы увидеть людей.
rfm-button-picture = 🖼 Картинкой
rfm-button-moves = 🔀 Кто куда перешёл
rfm-button-groups = ← Группы
rfm-moves-title = <b>Кто куда перешёл</b> · { $month }
rfm-moves-none = В этом месяце никто ещё не покупал.
rfm-moves-sums = Остались в своей группе: { $stayed }. Перешли: { $moved }. Купили впервые: { $new }.
rfm-person-none = Покупок пока нет, поэтому и оценки нет.
rfm-person-scores = Давность { $recency } из 5 · частота { $frequency } из 5 · деньги { $money } из 5
rfm-person-group = Группа: { $group }
rfm-person-habit = Возвращается примерно раз в { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}, в среднем { $money } за раз.
usage-rfm = Чья карточка? Напишите /rfm 12 или просто /rfm, чтобы увидеть все группы.
rfm-drawing = Рисую…
rfm-picture = <b>RFM</b> · { $period }: покупатели по давности и по частоте с деньгами.
rfm-axis-recency = Давность: выше значит недавно
rfm-axis-fm = Частота и деньги: правее значит больше
abc-title = <b>ABC</b>: кто приносит выручку
abc-rule = A приносят первые { $a } % выручки, B следующие, до { $b } %, C остальное.
rfm-group-champions = 🏆 Чемпионы
rfm-group-loyal = 💛 Верные
rfm-group-potential_loyal = 🌱 Почти верные
rfm-group-new = ✨ Новые
rfm-group-promising = 🙂 Многообещающие
rfm-group-need_attention = 👀 Ждут внимания
rfm-group-about_to_sleep = 🥱 Засыпают
rfm-group-at_risk = ⚠️ Под угрозой
rfm-group-cannot_lose = 🚨 Нельзя потерять
rfm-group-hibernating = 😴 Спят
rfm-group-lost = 🍂 Ушедшие
rfm-advice-champions = Покупает недавно, часто и много. Благодарите лично, зовите первым на новое, просите об отзыве.
rfm-advice-loyal = Возвращается снова и снова. Предложите то, что дополнит привычное.
rfm-advice-potential_loyal = Уже не первый раз и недавно. Ещё один повод вернуться сделает привычку.
rfm-advice-new = Только что с первой покупкой. Поблагодарите и помогите освоиться.
rfm-advice-promising = Покупает понемногу и недавно. Напомните, что ещё у вас есть.
rfm-advice-need_attention = Покупали хорошо, но давно не заходили. Самое время для личного предложения.
rfm-advice-about_to_sleep = Заходят всё реже. Спросите, что понравилось, и позовите снова.
rfm-advice-at_risk = Покупали часто и много, но давно. Позвоните сами.
rfm-advice-cannot_lose = Из лучших, и давно молчат. Нужен разговор, а не рассылка.
rfm-advice-hibernating = Давно и немного. Можно напомнить о себе недорогим поводом.
rfm-advice-lost = Были один-два раза и очень давно. Спросите, почему, если захотите узнать.
menu-rfm = Группы покупателей
menu-abc = Кто приносит выручку
