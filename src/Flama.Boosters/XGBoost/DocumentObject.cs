namespace Flama.Boosters.XGBoost;

/// <summary>
/// An object in a booster's document: names with values, which are null, a bool, a double, a string, a <see cref="DocumentArray"/>, a list of values
/// or another object.
/// </summary>
/// <param name="capacity">About how many members it will have.</param>
internal sealed class DocumentObject(int capacity = 0)
{
    private const int ManyMembers = 32;

    private readonly List<KeyValuePair<string, object?>> members = new(capacity);
    private HashSet<string>? names;

    /// <summary>The value of a name, the first of several; null when there is none.</summary>
    public object? this[string name]
    {
        get
        {
            foreach (var member in members)
            {
                if (member.Key == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    /// <summary>How many members it has.</summary>
    public int Count => members.Count;

    /// <summary>Whether the name is there.</summary>
    public bool Has(string name)
    {
        if (members.Count > ManyMembers)
        {
            names ??= [.. members.Select(member => member.Key)];
            return names.Contains(name);
        }

        foreach (var member in members)
        {
            if (member.Key == name)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(string name, object? value)
    {
        members.Add(new(name, value));
        names?.Add(name);
    }

    /// <summary>An object; null when the name has none.</summary>
    public DocumentObject? Object(string name) => this[name] as DocumentObject;

    /// <summary>A string; null when the name has none.</summary>
    public string? Text(string name) => this[name] as string;

    /// <summary>Numbers; null when the name has none. An empty list counts.</summary>
    public DocumentArray? Numbers(string name) => this[name] switch
    {
        DocumentArray array => array,
        List<object?> { Count: 0 } => DocumentArray.Empty,
        _ => null,
    };

    /// <summary>A list of values; null when the name has none. No numbers count.</summary>
    public IReadOnlyList<object?>? List(string name) => this[name] switch
    {
        List<object?> list => list,
        DocumentArray { Count: 0 } => [],
        _ => null,
    };
}
