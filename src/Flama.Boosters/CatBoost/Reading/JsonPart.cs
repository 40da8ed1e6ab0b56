using System.Text.Json;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>A value of a JSON document that knows where it stands, for errors.</summary>
/// <remarks>The place is put into words only for errors and for what is inside: a table has an item for each number.</remarks>
/// <param name="element">The value.</param>
/// <param name="path">Where it stands, as <c>oblivious_trees[3].splits</c>, or where the list that it is an item of stands.</param>
/// <param name="errors">Whose it is.</param>
/// <param name="item">Which item of the list; -1 for none.</param>
internal readonly struct JsonPart(JsonElement element, string path, BoosterErrors errors, int item = -1)
{
    private string Path => item < 0 ? path : $"{path}[{item}]";

    /// <summary>The text of the value as it is written.</summary>
    public string Raw => element.GetRawText();

    /// <summary>Whether the value is a text.</summary>
    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>Whether the value is a list.</summary>
    public bool IsList => element.ValueKind == JsonValueKind.Array;

    /// <summary>A member of an object, the last of its name; null when it is not there or null.</summary>
    public JsonPart? Find(string name) => element.ValueKind != JsonValueKind.Object ? throw Wrong("an object")
        : element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(value, Path.Length == 0 ? name : $"{Path}.{name}", errors)
            : null;

    /// <summary>A member of an object.</summary>
    public JsonPart Get(string name) => Find(name) ?? throw errors.Fail($"{(Path.Length == 0 ? "it" : Path)} has no '{name}'");

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, JsonPart Value)> Members()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        foreach (var member in element.EnumerateObject())
        {
            yield return (member.Name, new(member.Value, $"{Path}.{InputCheck.Shorten(member.Name)}", errors));
        }
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonPart> Items()
    {
        if (!IsList)
        {
            throw Wrong("a list");
        }

        var i = 0;
        foreach (var value in element.EnumerateArray())
        {
            yield return new(value, Path, errors, i++);
        }
    }

    /// <summary>The items of a list that is a member; none when it is not there.</summary>
    public IEnumerable<JsonPart> Items(string name) => Find(name)?.Items() ?? [];

    /// <summary>A text.</summary>
    public string Text() => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong("a text");

    /// <summary>A number of 32 bits.</summary>
    public int Int32() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) ? value : throw Wrong("a whole number of 32 bits");

    /// <summary>A number in float32.</summary>
    public float Single() => (float)Double();

    /// <summary>A number in float64.</summary>
    public double Double() => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) ? value : throw Wrong("a number");

    /// <summary>The numbers of a list.</summary>
    public double[] Doubles()
    {
        if (!IsList)
        {
            throw Wrong("a list");
        }

        var numbers = new double[element.GetArrayLength()];
        var i = 0;
        foreach (var value in element.EnumerateArray())
        {
            numbers[i] = new JsonPart(value, path, errors, i).Double();
            i++;
        }

        return numbers;
    }

    /// <summary>The numbers of a list that is a member, in float32; none when it is not there.</summary>
    public float[] Singles(string name) => Find(name) is { } list ? Array.ConvertAll(list.Doubles(), number => (float)number) : [];

    /// <summary>The error of a value that is something else.</summary>
    public FlamaException Wrong(string expected) =>
        errors.Fail($"{(Path.Length == 0 ? "its root" : Path)} is {Json.Excerpt.Of(Shown())}, expected {expected}");

    private string Shown() => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText(),
    };
}
