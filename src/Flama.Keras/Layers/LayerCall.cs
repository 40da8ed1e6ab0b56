using Flama.Keras.Graphs;

namespace Flama.Keras.Layers;

/// <summary>What a layer is called with: values, lists and dictionaries of them, and plain values of JSON.</summary>
/// <param name="Arguments">By position.</param>
/// <param name="Keywords">By name.</param>
internal sealed record LayerCall(IReadOnlyList<object?> Arguments, IReadOnlyDictionary<string, object?> Keywords)
{
    private static readonly Dictionary<string, object?> None = [];

    /// <summary>A call with one value.</summary>
    public static LayerCall Of(Value x) => new([x], None);

    /// <summary>The first argument, one value.</summary>
    public Value Input(Layer layer) => Values(layer) is [var only] ? only : throw KerasErrors.Invalid($"layer '{layer.Name}' takes one input");

    /// <summary>The first argument, one value or a list of them; extra ones by position are added.</summary>
    public IReadOnlyList<Value> Values(Layer layer)
    {
        List<Value> values = [];
        foreach (var argument in Arguments)
        {
            switch (argument)
            {
                case Value value:
                    values.Add(value);
                    break;
                case IReadOnlyList<object?> list:
                    values.AddRange(list.OfType<Value>());
                    break;
                case IReadOnlyDictionary<string, object?> named:
                    values.AddRange(named.Values.OfType<Value>());
                    break;
            }
        }

        return values.Count > 0 ? values : throw KerasErrors.Invalid($"layer '{layer.Name}' has no input");
    }

    /// <summary>A value by name; null when it is not given.</summary>
    public Value? Keyword(string name) => Keywords.TryGetValue(name, out var value) ? value as Value : null;

    /// <summary>A flag by name.</summary>
    public bool Flag(string name, bool otherwise = false) => Keywords.TryGetValue(name, out var value) && value is bool flag ? flag : otherwise;

    /// <summary>An argument by position or by name; null when it is not given.</summary>
    public object? Argument(int position, string name) => position < Arguments.Count ? Arguments[position] : Keywords.GetValueOrDefault(name);

    /// <summary>The mask that is given, or that which the value has.</summary>
    public Value? Mask(Value x) => Keyword("mask") ?? x.Mask;
}
