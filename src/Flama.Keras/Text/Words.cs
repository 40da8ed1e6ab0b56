using System.Globalization;

namespace Flama.Keras.Text;

/// <summary>Elements of tensors as text.</summary>
internal static class Words
{
    /// <summary>White space of ASCII, which TensorFlow splits at.</summary>
    public static readonly char[] Spaces = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <summary>One element: text as it is, whole numbers as decimal text.</summary>
    public static string At(ModelTensor tensor, int index) => tensor.Type switch
    {
        ElementType.String => tensor.Texts[index] ?? "",
        ElementType.Int64 => tensor.Elements<long>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.Int32 => tensor.Elements<int>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.Int16 => tensor.Elements<short>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.UInt8 => tensor.Elements<byte>()[index].ToString(CultureInfo.InvariantCulture),
        ElementType.Boolean => tensor.Elements<bool>()[index] ? "1" : "0",
        ElementType.Float32 => ((long)tensor.Elements<float>()[index]).ToString(CultureInfo.InvariantCulture),
        ElementType.Float64 => ((long)tensor.Elements<double>()[index]).ToString(CultureInfo.InvariantCulture),
        _ => throw new FlamaException(ErrorCodes.InvalidInput, $"Words cannot be {ElementTypes.NameOf(tensor.Type)}.", "Give text or whole numbers."),
    };

    /// <summary>One element as a whole number.</summary>
    public static long NumberAt(ModelTensor tensor, int index) => long.Parse(At(tensor, index), CultureInfo.InvariantCulture);
}
