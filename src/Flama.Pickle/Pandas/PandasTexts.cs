using System.Diagnostics.CodeAnalysis;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>Reads the arrays that pandas 3 keeps texts in, such as the columns of a frame: <c>ArrowStringArray</c> and <c>StringArray</c>.</summary>
public static class PandasTexts
{
    /// <summary>Reads the texts.</summary>
    /// <param name="instance">What a pickle holds.</param>
    /// <param name="texts">The texts as an array of objects; None where one is missing.</param>
    /// <returns>False when the object is another one.</returns>
    public static bool TryRead(PickleObject instance, [NotNullWhen(true)] out NdArray? texts)
    {
        ArgumentNullException.ThrowIfNull(instance);
        texts = null;
        if (!instance.Class.Module.StartsWith("pandas.", StringComparison.Ordinal))
        {
            return false;
        }

        texts = instance.Class.Name switch
        {
            "ArrowStringArray" or "ArrowStringArrayNumpySemantics" or "ArrowExtensionArray" => Of(
                instance.Attributes?.FirstOrDefault(entry => entry.Key is "_pa_array" or "_data").Value),
            "StringArray" or "NumpyExtensionArray" => instance.State switch
            {
                PickleTuple parts => Of(parts.Items.FirstOrDefault(part => part is NdArray)),
                PickleDict parts => Of(parts.FirstOrDefault(entry => entry.Key is "_ndarray").Value),
                _ => null,
            },
            _ => null,
        };
        return texts is not null;
    }

    private static NdArray? Of(object? value) => value is NdArray { Shape.Count: 1, Type.Kind: DTypeKind.Object } array ? array : null;
}
