namespace Flama.Pickle.Globals;

/// <summary>What a file may do with a class or function beyond naming it.</summary>
internal sealed record GlobalRule
{
    /// <summary>Nothing: it is data only.</summary>
    public static GlobalRule Symbol { get; } = new();

    /// <summary>An instance may be made of it without a call of the class; it becomes a <see cref="PickleObject"/>.</summary>
    public static GlobalRule Class { get; } = new() { Create = static call => call.Inert() };

    /// <summary>As <see cref="Class"/>, whatever the name looks like.</summary>
    public static GlobalRule ClassOfAnyName { get; } = new() { Create = static call => call.Inert() };

    /// <summary>As <see cref="Class"/>, and a call of the class makes the same.</summary>
    public static GlobalRule CallableClass { get; } = new() { Create = static call => call.Inert(), Call = static call => call.Inert() };

    /// <summary>A class of numpy arrays.</summary>
    public static GlobalRule ArrayClass { get; } = new() { IsArrayClass = true };

    /// <summary>What REDUCE makes; null when it may not be called.</summary>
    public PickleConstructor? Call { get; init; }

    /// <summary>What NEWOBJ makes; null when no instance may be made of it.</summary>
    public PickleConstructor? Create { get; init; }

    /// <summary>Whether arrays may be of this class.</summary>
    public bool IsArrayClass { get; init; }

    /// <summary>Whether its constructor takes <see cref="Machine.ByteSlice"/>s in place of byte arrays.</summary>
    public bool TakesSlices { get; init; }
}
