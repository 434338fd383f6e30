# Повторні контакти, що йдуть самі: як їх бачить команда, і кнопки під ними.
menu-scenarios = Повторні контакти, що йдуть самі
scenario-promo = 🎁 { $code }
scenario-call = 📞 Зателефонуйте мені
scenario-call-heard = Дякуємо! Ми вам зателефонуємо.
scenario-call-request = Просить зателефонувати
refused-scenario = Цього сценарію більше немає у плейбуці. Які є, покаже /scenarios.
scenario-none = Сценаріїв поки немає. Їх пишуть у плейбуці: [[scenario]]; приклади — у docs/scenarios.md.
scenario-list = <b>Сценарії</b>
scenario-line = { $mark } <b>{ $title }</b>
    { $trigger }
    { $entered ->
        [0] поки нікого
        [one] { $entered } людина, написали { $sent }
        [few] { $entered } людини, написали { $sent }
       *[other] { $entered } людей, написали { $sent }
    }
scenario-coming = 📅 Найближчі 30 днів
scenario-begins = Починається: { $trigger }
scenario-for = Для кого: <code>{ $segment }</code>
scenario-paused = ⏸ На паузі: { $at }
scenario-counts = Увійшли: { $entered } · написали: { $sent } · у дорозі: { $active }
scenario-spared = Не стали турбувати: { $count }
scenario-left = Вийшли до повідомлення: { $count }
scenario-reason =   { $why }: { $count }
scenario-goal = <b>Що вийшло</b> · { $goal ->
    [purchase] покупка
    [request] заявка
   *[press] натискання кнопки
} за { $within }
scenario-treated = Серед них: { $reached } з { $count } ({ $share } %), { $revenue }
scenario-watched = Серед тих, за ким лише спостерігали: { $reached } з { $count } ({ $share } %), { $revenue }
scenario-no-holdout = Контрольної групи немає, тож не дізнатися, що було б і без повідомлень. Це змінить holdout = "10%" у плейбуці.
scenario-nobody-watched = До контрольної групи ({ $share } %) ще ніхто не потрапив. Порівняємо, щойно за кимось поспостерігаємо.
scenario-more = Різниця більша за випадкову: сценарій працює.
scenario-less = Ті, кому писали, зробили менше, і це не випадковість. Краще поставити на паузу й переписати текст.
scenario-chance = Поки що різниця може бути випадковою.
scenario-gained = Зароблено понад те, що прийшло б само: близько { $sum }
scenario-pause = ⏸ Пауза
scenario-resume = ▶️ Продовжити
scenario-back = Сценарії
scenario-coming-none = У найближчі { $days } днів ніхто нічого не отримає — за тим, що відомо сьогодні.
scenario-coming-title = <b>Найближчі { $days } днів:</b> { $count ->
    [one] { $count } повідомлення
    [few] { $count } повідомлення
   *[other] { $count } повідомлень
}
scenario-coming-days = … і ще { $count ->
    [one] { $count } день
    [few] { $count } дні
   *[other] { $count } днів
}
scenario-coming-first = Найперші:
scenario-coming-one = { $at } · { $title } · { $name }
scenario-coming-more = Людей більше, ніж тут пораховано. Коли настане час, про кожного запитаємо ще раз: згода, тихі години, межі.
scenario-coming-note = За тим, що відомо сьогодні: нові покупки й візити додадуть своє. Коли настане час, про кожного запитаємо ще раз: згода, тихі години, межі.
scenario-after = { $what }, через { $long }
scenario-before = { $what }, за { $long }
scenario-on-first_purchase = перша покупка
scenario-on-last_purchase = остання покупка
scenario-on-purchase = кожна покупка
scenario-on-request_created = нова заявка{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_done = заявку виконано{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_lost = заявку втрачено{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-form_abandoned = форму покинуто на півдорозі{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-tag = поставлено мітку { $what }
scenario-on-status = статус став { $what }
scenario-on-birthday = день народження
scenario-on-child_birthday = день народження дитини
scenario-on-anniversary = річниця, поле { $what }
scenario-on-date = день з поля { $what }
scenario-on-visit = візит
scenario-on-silence = тиша, { $long }
scenario-on-calendar = за календарем, { $text }
scenario-why-catch-up = бот не працював, надолужили одним повідомленням
scenario-why-too-late = було вже пізно
scenario-why-unreachable = немає зв’язку
scenario-why-no-consent = немає згоди
scenario-why-cap = нещодавно вже отримали досить
scenario-why-gap = щойно отримали інше
scenario-why-segment = більше не в сегменті
scenario-why-exit = спрацювала умова виходу
scenario-why-undone = те, з чого почалося, скасовано
scenario-why-dropped = прибрали з плейбука
scenario-why-quiet-hours = тихі години
scenario-why-paused = просили паузу
scenario-why-topic = не хочуть цієї теми
scenario-why-not-wanted = втратило сенс
scenario-why-surveyed = нещодавно вже опитували
scenario-why-day-off = вихідні
scenario-why-spam = спам
scenario-why-other = інші причини
scenario-length = { $unit ->
    [days] { $count ->
        [one] { $count } день
        [few] { $count } дні
       *[other] { $count } днів
    }
    [hours] { $count ->
        [one] { $count } годину
        [few] { $count } години
       *[other] { $count } годин
    }
   *[minutes] { $count ->
        [one] { $count } хвилину
        [few] { $count } хвилини
       *[other] { $count } хвилин
    }
}
