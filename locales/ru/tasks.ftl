repeat-at = { $rule } в { $clock }
repeat-day = { $count ->
    [1] каждый день
    [one] раз в { $count } день
    [few] раз в { $count } дня
   *[other] раз в { $count } дней
}
repeat-weeks = { $count ->
    [1] каждую неделю
    [one] раз в { $count } неделю
    [few] раз в { $count } недели
   *[other] раз в { $count } недель
}
repeat-week = { $count ->
    [1] { $days }
    [one] раз в { $count } неделю, { $days }
    [few] раз в { $count } недели, { $days }
   *[other] раз в { $count } недель, { $days }
}
repeat-months = { $count ->
    [1] каждый месяц
    [one] раз в { $count } месяц
    [few] раз в { $count } месяца
   *[other] раз в { $count } месяцев
}
repeat-month = { $count ->
    [1] каждый месяц, { $days }
    [one] раз в { $count } месяц, { $days }
    [few] раз в { $count } месяца, { $days }
   *[other] раз в { $count } месяцев, { $days }
}
repeat-years = { $count ->
    [1] каждый год
    [one] раз в { $count } год
    [few] раз в { $count } года
   *[other] раз в { $count } лет
}
repeat-year = { $count ->
    [1] каждый год, { $days }
    [one] раз в { $count } год, { $days }
    [few] раз в { $count } года, { $days }
   *[other] раз в { $count } лет, { $days }
}
repeat-on = по { $days }
repeat-weekday-0 = понедельникам
repeat-weekday-1 = вторникам
repeat-weekday-2 = средам
repeat-weekday-3 = четвергам
repeat-weekday-4 = пятницам
repeat-weekday-5 = субботам
repeat-weekday-6 = воскресеньям
repeat-workdays = по будням
repeat-weekend = по выходным
repeat-day-of-month = { $day }-го
repeat-last-day = в последний день
repeat-short-months = (где такого дня нет — в последний день месяца)
repeat-common-years = (в обычный год — 28 февраля)
task-evening = Вечером
task-week = След. неделя
task-own = Другое время
task-give = 🤝 Передать
task-more = Ещё…
task-all = Все задачи
task-whom = 👤 О ком это
task-stop = 🔁 Больше не повторять
task-stopped = Больше не повторится
task-comes-back = Сделано. Вернётся { $when }.
task-ask-whom = О ком эта задача? Напишите имя, последние цифры телефона или номер карточки.
task-nobody = Никого не нашлось. Напишите иначе: имя, последние цифры телефона или номер карточки.
task-choose-whom = Кто из них?
task-give-whom = Кому передать?
task-nobody-else = Передать некому: в команде пока нет никого, кто открыл бота.
task-gave = 🤝 Передано: { $name }. Бот напомнит в срок.
task-given = { $name } передаёт вам задачу
task-given-due = Срок: { $when }
task-from = Передал(а): { $name }
task-done-by = { $name }: сделано
task-inherited = { $count ->
    [one] Теперь ваша { $count } задача
    [few] Теперь ваши { $count } задачи
   *[other] Теперь ваших { $count } задач
}, которые вёл(а) { $name }: этого человека больше нет в команде. Их можно передать дальше.
refused-task-evening = Вечер уже наступил. Выберите «+1 ч» или «Завтра».
refused-task-give = Передать можно тому, кто сейчас в команде и открыл бота.
