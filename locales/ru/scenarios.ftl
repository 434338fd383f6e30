# Повторные касания, которые идут сами: как их видит команда, и кнопки под ними.
menu-scenarios = Повторные касания, которые идут сами
scenario-promo = 🎁 { $code }
scenario-call = 📞 Перезвоните мне
scenario-call-heard = Спасибо! Мы вам позвоним.
scenario-call-request = Просит перезвонить
refused-scenario = Этого сценария больше нет в плейбуке. Какие есть, покажет /scenarios.
scenario-none = Сценариев пока нет. Они пишутся в плейбуке: [[scenario]]; примеры — в docs/scenarios.md.
scenario-list = <b>Сценарии</b>
scenario-line = { $mark } <b>{ $title }</b>
    { $trigger }
    { $entered ->
        [0] пока никого
        [one] { $entered } человек, написали { $sent }
        [few] { $entered } человека, написали { $sent }
       *[other] { $entered } человек, написали { $sent }
    }
scenario-coming = 📅 Ближайшие 30 дней
scenario-begins = Начинается: { $trigger }
scenario-for = Для кого: <code>{ $segment }</code>
scenario-paused = ⏸ На паузе: { $at }
scenario-counts = Вошли: { $entered } · написали: { $sent } · в пути: { $active }
scenario-spared = Не стали беспокоить: { $count }
scenario-left = Вышли до сообщения: { $count }
scenario-reason =   { $why }: { $count }
scenario-goal = <b>Что получилось</b> · { $goal ->
    [purchase] покупка
    [request] заявка
   *[press] нажатие кнопки
} за { $within }
scenario-treated = Среди них: { $reached } из { $count } ({ $share } %), { $revenue }
scenario-watched = Среди тех, за кем только наблюдали: { $reached } из { $count } ({ $share } %), { $revenue }
scenario-no-holdout = Контрольной группы нет, поэтому не узнать, что было бы и без сообщений. Это изменит holdout = "10%" в плейбуке.
scenario-nobody-watched = В контрольную группу ({ $share } %) ещё никто не попал. Сравним, как только за кем-то понаблюдаем.
scenario-more = Разница больше случайной: сценарий работает.
scenario-less = Те, кому писали, сделали меньше, и это не случайность. Лучше поставить на паузу и переписать текст.
scenario-chance = Пока разница может быть случайной.
scenario-gained = Заработано сверх того, что пришло бы само: около { $sum }
scenario-pause = ⏸ Пауза
scenario-resume = ▶️ Продолжить
scenario-back = Сценарии
scenario-coming-none = В ближайшие { $days } дней никто ничего не получит — по тому, что известно сегодня.
scenario-coming-title = <b>Ближайшие { $days } дней:</b> { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[other] { $count } сообщений
}
scenario-coming-days = … и ещё { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
scenario-coming-first = Раньше всех:
scenario-coming-one = { $at } · { $title } · { $name }
scenario-coming-more = Людей больше, чем здесь посчитано. Когда придёт время, о каждом спросим ещё раз: согласие, тихие часы, пределы.
scenario-coming-note = По тому, что известно сегодня: новые покупки и визиты добавят своё. Когда придёт время, о каждом спросим ещё раз: согласие, тихие часы, пределы.
scenario-after = { $what }, через { $long }
scenario-before = { $what }, за { $long }
scenario-on-first_purchase = первая покупка
scenario-on-last_purchase = последняя покупка
scenario-on-purchase = каждая покупка
scenario-on-request_created = новая заявка{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_done = заявка выполнена{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_lost = заявка потеряна{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-form_abandoned = форма брошена на полпути{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-tag = поставлена метка { $what }
scenario-on-status = статус стал { $what }
scenario-on-birthday = день рождения
scenario-on-child_birthday = день рождения ребёнка
scenario-on-anniversary = годовщина, поле { $what }
scenario-on-date = день из поля { $what }
scenario-on-visit = визит
scenario-on-silence = тишина, { $long }
scenario-on-calendar = по календарю, { $text }
scenario-why-catch-up = бот не работал, наверстали одним сообщением
scenario-why-too-late = было уже поздно
scenario-why-unreachable = нет связи
scenario-why-no-consent = нет согласия
scenario-why-cap = недавно уже получили достаточно
scenario-why-gap = только что получили другое
scenario-why-segment = больше не в сегменте
scenario-why-exit = сработало условие выхода
scenario-why-undone = то, с чего началось, отменилось
scenario-why-dropped = убрали из плейбука
scenario-why-quiet-hours = тихие часы
scenario-why-paused = просили паузу
scenario-why-topic = не хотят этой темы
scenario-why-not-wanted = потеряло смысл
scenario-why-surveyed = недавно уже опрашивали
scenario-why-day-off = выходные
scenario-why-spam = спам
scenario-why-other = другие причины
scenario-length = { $unit ->
    [days] { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
    [hours] { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[other] { $count } часов
    }
   *[minutes] { $count ->
        [one] { $count } минуту
        [few] { $count } минуты
       *[other] { $count } минут
    }
}
