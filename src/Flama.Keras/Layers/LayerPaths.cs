using System.Globalization;
using System.Text;

namespace Flama.Keras.Layers;

/// <summary>Makes the names that a file of Keras 3 has for the layers of a model: the class in snake case, and a number from the second one on.</summary>
internal sealed class LayerPaths
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>The path of the next layer below its model.</summary>
    public string Next(Layer layer, string group = "layers")
    {
        var name = SnakeCase(layer.Config.ClassName switch { "Model" => "Functional", "GroupQueryAttention" => "GroupedQueryAttention", var own => own });
        var count = counts[name] = counts.GetValueOrDefault(name) + 1;
        layer.Config.Place = count == 1 ? $"{group}/{name}" : string.Create(CultureInfo.InvariantCulture, $"{group}/{name}_{count - 1}");
        return layer.Config.Place;
    }

    /// <summary>The name of a class in snake case, as Keras makes it: <c>Conv2DTranspose</c> is <c>conv2d_transpose</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder text = new(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var isUpper = char.IsAsciiLetterUpper(name[i]);
            var startsWord = isUpper && i > 0 && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]);
            var endsWord = isUpper && i > 0 && char.IsAsciiLetterLower(name[i - 1]);
            if ((startsWord || endsWord) && text[^1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
