using System.Numerics;
using System.Text;
using System.Text.Json;
using Flama.Json;
using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>The parameters of an estimator and of those inside it, as the original's <c>model.info</c> has them: scikit-learn's <c>get_params(deep=True)</c>.</summary>
/// <remarks>
/// Those of an inner estimator are called <c>name__parameter</c>. Plain values stay, containers are walked, NaN and all else (estimators, functions,
/// types, arrays) become null.
/// </remarks>
internal static class EstimatorParameters
{
    private const int MaxDepth = 16;

    // Parts that name each other, and values that a file shares, could make any number.
    private const int MaxParameters = 10_000;
    private const int MaxValues = 1_000_000;
    private const int MaxBytes = 16 << 20;

    /// <summary>Writes the parameters as an object.</summary>
    /// <exception cref="FlamaException">There are more than a person could have set (<see cref="ErrorCodes.LimitExceeded"/>).</exception>
    public static void Write(Utf8JsonWriter writer, PickleObject pickled)
    {
        var parameters = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        var visited = 0;
        Collect(parameters, "", pickled, 0, ref visited);
        writer.WriteStartObject();
        var values = 0;
        foreach (var (name, value) in parameters)
        {
            writer.WritePropertyName(Valid(name));
            WriteValue(writer, value, 0, ref values);
        }

        writer.WriteEndObject();
    }

    // Inner estimators come before the parameter that holds them; those that a composition lists come after all its own parameters.
    private static void Collect(OrderedDictionary<string, object?> parameters, string prefix, PickleObject estimator, int depth, ref int visited)
    {
        visited++;
        var isKernel = InnerEstimators.IsKernel(estimator);
        var own = (estimator.Attributes ?? Enumerable.Empty<KeyValuePair<object?, object?>>())
            .Where(entry => entry.Key is string name && ExtraAttributes.IsParameter(estimator.Class.Name, name))
            .Select(entry => (Name: (string)entry.Key!, entry.Value));
        foreach (var (name, value) in isKernel ? own : own.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (!isKernel)
            {
                CollectInner(parameters, prefix, name, value, depth, ref visited);
            }

            parameters[prefix + name] = value;
        }

        var listed = InnerEstimators.Of(estimator).ToArray();
        foreach (var (name, value) in listed)
        {
            parameters[prefix + name] = value;
        }

        foreach (var (name, value) in listed)
        {
            CollectInner(parameters, prefix, name, value, depth, ref visited);
        }
    }

    private static void CollectInner(OrderedDictionary<string, object?> parameters, string prefix, string name, object? value, int depth, ref int visited)
    {
        if (value is PickleObject inner && InnerEstimators.HasParameters(inner) && depth < MaxDepth && parameters.Count < MaxParameters && visited < MaxParameters)
        {
            Collect(parameters, $"{prefix}{name}__", inner, depth + 1, ref visited);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth, ref int values)
    {
        if (++values > MaxValues || writer.BytesCommitted + writer.BytesPending > MaxBytes)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"The model's parameters are more than {MaxValues} values, or more than {MaxBytes >> 20} MiB of text.",
                "Do not trust the file: its values are shared so that they grow when they are written.");
        }

        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case double number:
                PythonNumber.Write(writer, number);
                break;
            case string text:
                writer.WriteStringValue(Valid(text));
                break;
            case BigInteger big:
                writer.WriteRawValue(big.ToString(System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case List<object?> or PickleTuple or PickleSet when depth < MaxDepth:
                WriteItems(writer, value is PickleSet set ? set.Items : EstimatorState.ItemsOf(value)!, depth, ref values);
                break;
            case PickleDict dict when depth < MaxDepth:
                WriteDict(writer, dict, depth, ref values);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable<object?> items, int depth, ref int values)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, item, depth + 1, ref values);
        }

        writer.WriteEndArray();
    }

    private static void WriteDict(Utf8JsonWriter writer, PickleDict dict, int depth, ref int values)
    {
        writer.WriteStartObject();
        foreach (var entry in dict)
        {
            writer.WritePropertyName(Valid(entry.Key?.ToString() ?? "null"));
            WriteValue(writer, entry.Value, depth + 1, ref values);
        }

        writer.WriteEndObject();
    }

    // Python's text may hold half a surrogate pair, which JSON's UTF-8 cannot.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
