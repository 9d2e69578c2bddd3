"""The lines of last month's nights that were reported or held, and decided since. All of them are made up."""

from forum.demo.desk_story import Night

FINE = (
    "Three in the morning, and the fridge is louder than my head. That is new.",
    "Bloody hell, day sixty. I did not think I would type that.",
    "Stop taking your medicine, said the voice. I rang the nurse instead.",
    "I shouted at the kettle today. The kettle forgave me.",
    "Took my methadone, took the dog out, took a nap. A good day.",
    "Dear craving: you are a pathetic loser. Go away.",
    "I told my boss. She said thank you for trusting me. I cried in the lift.",
    "Cannot sleep. Counting the streets of my old paper round.",
    "You stupid, stupid alarm clock. I hate you.",
    "The craving lasted eleven minutes. I timed the bugger.",
    "First birthday without a drink. There was a lot of cake.",
    "To my old dealer: you are a pathetic loser, and I blocked your number.",
    "The voice in my head says you are a stupid loser. I told it to go to bed.",
    "Naloxone is in my bag since the training. It weighs nothing.",
    "My mother knocked, and I opened. That is the whole story.",
    "Rain on the window, tea, a biscuit, and the cat on my feet. A good quiet evening.",
    "I hate this bloody insomnia, and I love this room.",
    "Hey anxiety, you are a stupid idiot. Love from my warm bed.",
    "I signed my name today, and it looked like mine again.",
    "A damn good film tonight, and good company. Thank you all.",
    "I dreamt that I used, and woke up so relieved that I laughed.",
    "The pharmacist knows my name now and asks how the cat is.",
)
UNKIND = (
    "You are a stupid idiot, and everybody in here can see it.",
    "Shut up, you stupid loser, nobody asked you.",
    "You are pathetic, the lot of you.",
    "What a stupid idiot you are, honestly.",
    "You are an ugly, stupid liar.",
    "Go and cry somewhere else, you idiot.",
    "You people on methadone are not really clean.",
    "Stop whining, you stupid loser.",
)
ADVICE = (
    "You should stop taking your methadone, just like that.",
    "Just stop your buprenorphine over the weekend, you do not need a doctor.",
    "Detox at home, alone, it is only a few bad days.",
    "Vitamin drips cure addiction, my cousin is the proof.",
    "Stop taking your antidepressants, they only make you weak.",
    "You should double your dose when you cannot sleep.",
)
DEALING = (
    "Ask me for cheap refills, I can send them to anybody here.",
    "I have spare oxys, write to me and I post them tomorrow.",
    "Our clinic pays you for every friend you bring, ask me how.",
    "Selling my leftover tablets, good price, write to me.",
    "Need Xanax without a script? I know somebody who delivers.",
)
NIGHTS = (
    *(Night(text) for text in FINE),
    *(Night(text, fine=False, guideline="kindness") for text in UNKIND),
    *(Night(text, fine=False, guideline="experience") for text in ADVICE),
    *(Night(text, fine=False, guideline="no-dealing") for text in DEALING),
)
SPEAKERS = ("SlowTuesday", "kestrel_22", "Maren")
"""Who was awake, in turns; whoever speaks next reports what others read and should not have."""
