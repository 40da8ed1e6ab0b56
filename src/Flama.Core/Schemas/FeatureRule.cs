using System.Text.Json;

namespace Flama.Schemas;

/// <summary>What a schema says of one feature, in the words of JSON Schema. Immutable.</summary>
public sealed record FeatureRule
{
    /// <summary>The types that a cell may have; <see cref="ValueTypes.Any"/> where the schema does not tell.</summary>
    public ValueTypes Types { get; init; }

    /// <summary>The only values (<c>enum</c>, <c>const</c>); empty for any.</summary>
    public IReadOnlyList<Scalar> Values { get; init; } = [];

    /// <summary>The smallest number; null for none.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; null for none.</summary>
    public double? Maximum { get; init; }

    /// <summary>The number that all have to be above; null for none.</summary>
    public double? ExclusiveMinimum { get; init; }

    /// <summary>The number that all have to be below; null for none.</summary>
    public double? ExclusiveMaximum { get; init; }

    /// <summary>What numbers have to be a multiple of, up to rounding; null for none.</summary>
    public double? MultipleOf { get; init; }

    /// <summary>The least characters (Unicode code points) of a text; null for none.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most characters (Unicode code points) of a text; null for none.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What a text has to match somewhere, a regular expression; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether values must not appear in messages (<c>x-sensitive</c>).</summary>
    public bool IsSensitive { get; init; }

    /// <summary>What the feature is, for people; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>A value that the schema gives as an example; null for none.</summary>
    public Scalar? Example { get; init; }

    /// <summary>Whether every value is as the rule has it.</summary>
    internal bool IsEmpty =>
        Types == ValueTypes.Any && Values.Count == 0 && Minimum is null && Maximum is null && ExclusiveMinimum is null && ExclusiveMaximum is null && MultipleOf is null
        && MinLength is null && MaxLength is null && Pattern is null;

    /// <summary>Whether a missing value is against the rule.</summary>
    public bool RefusesNull => (Types != ValueTypes.Any && (Types & ValueTypes.Null) == ValueTypes.Any) || (Values.Count > 0 && !Values.Contains(Scalar.Null));

    /// <summary>Reads the rule of one feature.</summary>
    /// <param name="schema">A JSON Schema: an object.</param>
    /// <exception cref="FlamaException">A keyword has another type, or is one that is not checked here (<see cref="ErrorCodes.InvalidSchema"/>).</exception>
    public static FeatureRule Parse(JsonElement schema) => new SchemaReader(schema, "the schema").ReadRule(schema, "#");

    /// <summary>Writes the rule as JSON Schema: its members, without the object around them.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RuleText.Write(writer, this);
    }
}
