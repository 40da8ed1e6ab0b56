using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Flama.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads the binary form that XGBoost wrote up to 2.0 into the document that its JSON of the same model would give.</summary>
/// <remarks>
/// Little-endian structures of fixed sizes without names of members. Checked against 0.90, 1.0.2,
/// 1.3.3, 1.5.2, 1.7.6 and 2.0.3. Every count is checked against the bytes that are left before memory is taken.
/// </remarks>
internal ref struct BinaryBoosterReader
{
    private const int ParameterSize = 136;
    private const int TreeModelSize = 160;
    private const int TreeSize = 148;
    private const int NodeSize = 20;
    private const int NodeStatisticsSize = 16;
    private const int MaxAttributes = 1 << 16;

    private readonly ReadOnlySpan<byte> bytes;
    private int at;

    private BinaryBoosterReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    private static ReadOnlySpan<byte> Magic => "binf"u8;

    private static ReadOnlySpan<byte> ConfigurationMagic => "CONFIG-offset:"u8;

    /// <summary>Reads a model.</summary>
    /// <exception cref="FlamaException">The bytes end too early or are not such a model.</exception>
    public static DocumentObject Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(ConfigurationMagic))
        {
            return new BinaryBoosterReader(bytes).Read();
        }

        // A pickle of 1.0 to 1.2: the length of the model, the model, and the configuration in JSON, which alone tells how many trees a round has.
        var prefix = ConfigurationMagic.Length + sizeof(long);
        if (bytes.Length < prefix)
        {
            throw Truncated(bytes.Length);
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[ConfigurationMagic.Length..]);
        if (length < 0 || length > bytes.Length - prefix)
        {
            throw Truncated(bytes.Length);
        }

        var document = new BinaryBoosterReader(bytes.Slice(prefix, (int)length)).Read();
        document.Add(BoosterDocument.Configuration, JsonDocumentReader.Read(bytes[(prefix + (int)length)..].TrimEnd((byte)0)));
        return document;
    }

    private DocumentObject Read()
    {
        var hasMagic = bytes.StartsWith(Magic);
        at = hasMagic ? Magic.Length : 0;
        var parameters = Take(ParameterSize);
        var baseScore = BinaryPrimitives.ReadSingleLittleEndian(parameters);
        var features = BinaryPrimitives.ReadUInt32LittleEndian(parameters[4..]);
        var classes = BinaryPrimitives.ReadInt32LittleEndian(parameters[8..]);
        var hasAttributes = BinaryPrimitives.ReadInt32LittleEndian(parameters[12..]) != 0;
        int[] version = [BinaryPrimitives.ReadInt32LittleEndian(parameters[20..]), BinaryPrimitives.ReadInt32LittleEndian(parameters[24..])];
        if (version[0] is < 0 or > 2 || (hasMagic && version[0] == 0))
        {
            // Before 0.50 files had the magic number too; what their base score means was never checked.
            throw Corrupt($"the version {version[0]}.{version[1]} does not write this form");
        }

        var learner = new DocumentObject();
        learner.Add("learner_model_param", Object(
            ("base_score", baseScore.ToString("R", CultureInfo.InvariantCulture)),
            ("num_class", classes.ToString(CultureInfo.InvariantCulture)),
            ("num_feature", features.ToString(CultureInfo.InvariantCulture))));
        learner.Add("objective", Object(("name", Text())));
        var name = Text();
        learner.Add("gradient_booster", name switch
        {
            "gbtree" => Object(("name", name), ("model", TreeModel())),
            "dart" => Dart(),
            "gblinear" => Object(("name", name), ("model", LinearModel())),
            _ => throw Corrupt($"the booster {Excerpt.Of(name)} is not known"),
        });
        if (hasAttributes)
        {
            learner.Add("attributes", Attributes());
        }

        return Object(("learner", learner), ("version", new DocumentArray(version)));
    }

    private DocumentObject Dart()
    {
        var trees = TreeModel();
        var weights = trees.List("trees")!.Count == 0 && at == bytes.Length ? [] : Singles(Count(sizeof(float)));
        return Object(("name", "dart"), ("gbtree", Object(("model", trees))), ("weight_drop", new DocumentArray(weights)));
    }

    private DocumentObject TreeModel()
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(Take(TreeModelSize));
        if (count < 0 || (long)count * (TreeSize + NodeSize + NodeStatisticsSize + sizeof(int)) > bytes.Length - at)
        {
            throw count < 0 ? Corrupt("the number of trees is negative") : Truncated(bytes.Length);
        }

        var trees = new List<object?>(count);
        for (var i = 0; i < count; i++)
        {
            trees.Add(Tree());
        }

        return Object(("trees", trees), ("tree_info", new DocumentArray(MemoryMarshal.Cast<byte, int>(Take(count * sizeof(int))).ToArray())));
    }

    private DocumentObject Tree()
    {
        var parameters = Take(TreeSize);
        var roots = BinaryPrimitives.ReadInt32LittleEndian(parameters);
        var count = BinaryPrimitives.ReadInt32LittleEndian(parameters[4..]);
        var leafVector = BinaryPrimitives.ReadInt32LittleEndian(parameters[20..]);
        if (roots is < 0 or > 1 || count < 1 || leafVector is < 0 or > 1)
        {
            throw Corrupt($"a tree has {roots} roots, {count} nodes and {leafVector} values per leaf");
        }

        if ((long)count * (NodeSize + NodeStatisticsSize) > bytes.Length - at)
        {
            throw Truncated(bytes.Length);
        }

        var (left, right, feature) = (new int[count], new int[count], new int[count]);
        var (defaultLeft, value) = (new byte[count], new float[count]);
        var nodes = Take(count * NodeSize);
        for (var i = 0; i < count; i++, nodes = nodes[NodeSize..])
        {
            left[i] = BinaryPrimitives.ReadInt32LittleEndian(nodes[4..]);
            right[i] = BinaryPrimitives.ReadInt32LittleEndian(nodes[8..]);
            var split = BinaryPrimitives.ReadUInt32LittleEndian(nodes[12..]);
            feature[i] = (int)(split & int.MaxValue);
            defaultLeft[i] = (byte)(split >> 31);
            value[i] = BinaryPrimitives.ReadSingleLittleEndian(nodes[16..]);
        }

        Take(count * NodeStatisticsSize);
        return Object(
            ("left_children", new DocumentArray(left)),
            ("right_children", new DocumentArray(right)),
            ("split_indices", new DocumentArray(feature)),
            ("default_left", new DocumentArray(defaultLeft)),
            ("split_conditions", new DocumentArray(value)));
    }

    private DocumentObject LinearModel()
    {
        Take(ParameterSize);
        return Object(("weights", new DocumentArray(Singles(Count(sizeof(float))))));
    }

    private DocumentObject Attributes()
    {
        var count = Count(2 * sizeof(long));
        if (count > MaxAttributes)
        {
            throw Corrupt($"it has {count} attributes");
        }

        var attributes = new DocumentObject();
        for (var i = 0; i < count; i++)
        {
            var name = Text();
            attributes.Add(name, Text());
        }

        return attributes;
    }

    private static DocumentObject Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var made = new DocumentObject();
        foreach (var (name, value) in members)
        {
            made.Add(name, value);
        }

        return made;
    }

    private float[] Singles(int count) => MemoryMarshal.Cast<byte, float>(Take(count * sizeof(float))).ToArray();

    private string Text() => Encoding.UTF8.GetString(Take(Count(1)));

    // A count of things of at least a size each, all of which must still be in the file.
    private int Count(int size)
    {
        var count = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
        return count <= (ulong)((bytes.Length - at) / size) ? (int)count : throw Truncated(bytes.Length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at)
        {
            throw Truncated(bytes.Length);
        }

        var taken = bytes.Slice(at, count);
        at += count;
        return taken;
    }

    private readonly FlamaException Corrupt(string what) => new(
        ErrorCodes.Corrupt,
        $"The booster in XGBoost's old binary form is damaged before byte {at}: {what}.",
        "In Python, with the XGBoost that wrote it, save it as JSON: booster.save_model('model.json').");

    private static FlamaException Truncated(int length) => new(
        ErrorCodes.Truncated,
        $"The booster in XGBoost's old binary form ends too early, at byte {length}.",
        "Copy the file again, or save the model again: booster.save_model('model.json').");
}
