namespace Flama.Pickle;

/// <summary>An instance of a class as data: which class, what it was made from, what state was set. No code of the class runs.</summary>
/// <param name="class">The class, or the function that makes the instance.</param>
/// <param name="arguments">The arguments of the call that makes it.</param>
public sealed class PickleObject(GlobalName @class, PickleTuple arguments)
{
    /// <summary>The class, or the function that makes the instance.</summary>
    public GlobalName Class { get; } = @class;

    /// <summary>The arguments of the call that makes it; often empty.</summary>
    public PickleTuple Arguments { get; } = arguments;

    /// <summary>
    /// What BUILD set: usually a <see cref="PickleDict"/> of attributes, sometimes a tuple; null when the file sets none.
    /// </summary>
    public object? State { get; set; }

    /// <summary>The entries of a dict subclass (<c>OrderedDict</c>, <c>Bunch</c>); null when the file sets none.</summary>
    public PickleDict? Entries { get; set; }

    /// <summary>The attributes: <see cref="State"/> when it is a dict, else null.</summary>
    public PickleDict? Attributes => State as PickleDict;

    /// <summary>How many containers nest in this one, itself included.</summary>
    internal int Depth { get; set; } = 1;

    /// <summary>Whether another container holds this one already.</summary>
    internal bool IsPlaced { get; set; }

    /// <summary>Whether BUILD has run; Python's writer never sets a state twice.</summary>
    internal bool IsBuilt { get; set; }

    /// <summary>Whether it is joblib's mark that an array's bytes follow its BUILD in the stream.</summary>
    internal bool AwaitsArray { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Class.ToString();
}
