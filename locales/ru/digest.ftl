menu-digest = Что сегодня: задачи, визиты, дни рождения
digest-nothing = На сегодня ничего не запланировано. Хорошего дня!
digest-tasks = { $count ->
    [one] { $count } задача на сегодня
    [few] { $count } задачи на сегодня
   *[other] { $count } задач на сегодня
}
digest-slipped = { $count ->
    [one] { $count } задача ждёт с прошлых дней
    [few] { $count } задачи ждут с прошлых дней
   *[other] { $count } задач ждут с прошлых дней
}
digest-visits = { $count ->
    [one] { $count } визит
    [few] { $count } визита
   *[other] { $count } визитов
}
digest-birthdays = { $count ->
    [one] День рождения
   *[other] Дни рождения: { $count }
}
digest-untaken = { $count ->
    [one] { $count } заявку никто не взял
    [few] { $count } заявки никто не взял
   *[other] { $count } заявок никто не взял
} дольше { $hours } ч
digest-team = Вчера в команде
digest-requests = Заявки: новых { $created }, выполнено { $done }, упущено { $lost }
digest-purchases = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[other] { $count } покупок
} на { $total }
digest-hands = { $name }: в работе { $requests }, просрочено задач { $overdue }
digest-off = 🔕 Не присылать по утрам
digest-on = ☀️ Присылать по утрам
digest-off-now = По утрам больше не пришлю. Посмотреть самому: /digest.
digest-on-again = Буду присылать по рабочим утрам в { $clock }.
