namespace Flama.Pickle;

/// <summary>A call that a pickle asks for: what would be called in Python, and with what.</summary>
public readonly struct PickleCall
{
    internal PickleCall(GlobalName global, PickleTuple arguments, long offset, PickleBudget budget)
    {
        Global = global;
        Arguments = arguments;
        Offset = offset;
        Budget = budget;
    }

    /// <summary>The class or function.</summary>
    public GlobalName Global { get; }

    /// <summary>The arguments.</summary>
    public PickleTuple Arguments { get; }

    /// <summary>The byte of the stream that asks for the call.</summary>
    public long Offset { get; }

    internal PickleBudget Budget { get; }

    /// <summary>An instance that is data only, of the called class, with the arguments.</summary>
    public PickleObject Inert() => new(Global, Arguments);

    /// <summary>An instance that is data only, of another class than the called one, with the arguments.</summary>
    /// <param name="class">The instance's class, for functions that make instances of a class they are given.</param>
    public PickleObject Inert(GlobalName @class) => new(@class, Arguments);

    /// <summary>Checks the number of arguments.</summary>
    /// <exception cref="PickleException">There are fewer or more.</exception>
    public void RequireCount(int fewest, int most)
    {
        if (Arguments.Count < fewest || Arguments.Count > most)
        {
            throw Refused($"{Arguments.Count} arguments are given");
        }
    }

    /// <summary>An argument of a certain type.</summary>
    /// <typeparam name="T">The type that stands for the Python type, for example <see cref="long"/>.</typeparam>
    /// <param name="index">Which argument, from 0.</param>
    /// <exception cref="PickleException">There is no such argument, or it is of another type.</exception>
    public T Argument<T>(int index)
        where T : notnull
    {
        if (index >= Arguments.Count)
        {
            throw Refused($"{Arguments.Count} arguments are given");
        }

        return Arguments[index] is T value ? value : throw Refused($"argument {index + 1} is {ValueDescription.Of(Arguments[index])}");
    }

    /// <summary>An argument that is a class of which instances may be made.</summary>
    /// <param name="index">Which argument, from 0.</param>
    /// <exception cref="PickleException">It is not a class.</exception>
    public GlobalName Class(int index)
    {
        var symbol = Argument<PickleSymbol>(index);
        return symbol.Rule?.Create is not null
            ? symbol.Global
            : throw Refused($"argument {index + 1} is {ValueDescription.Of(symbol)}, which is not a class");
    }

    /// <summary>The exception that refuses the call.</summary>
    /// <param name="why">What is wrong with the arguments.</param>
    public PickleException Refused(string why) => new(
        PickleErrorCode.DisallowedCall,
        $"The pickle calls {ValueDescription.Of(Global)} at byte {Offset} in a way that no honest writer does: {why}.",
        Offset,
        Global,
        "Save the model again with pickle.dump or joblib.dump; if the file comes from somebody else, do not trust it.");
}
