namespace Flama.Torch.Code;

/// <summary>A class: its attributes with their types, its constants, its methods.</summary>
internal sealed record Class(
    string Name,
    string? Base,
    IReadOnlyList<KeyValuePair<string, Expression>> Fields,
    IReadOnlyDictionary<string, Expression> Constants,
    IReadOnlyDictionary<string, Function> Methods);
