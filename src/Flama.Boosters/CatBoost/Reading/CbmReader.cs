using System.Buffers.Binary;
using Flama.FlatBuffers;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads CatBoost's own binary form: a magic, the model in FlatBuffers, the parts that it names.</summary>
/// <remarks>Source: the schema of CatBoost's model files, checked against files of 1.0.6, 1.1.1 and 1.2.10.</remarks>
internal sealed class CbmReader
{
    private const string Format = "FlabuffersModel_v1";
    private const string CtrPart = "static_provider_v1";

    private readonly ReadOnlyMemory<byte> file;
    private readonly BoosterErrors errors;
    private int at;

    private CbmReader(ReadOnlyMemory<byte> file, BoosterErrors errors)
    {
        this.file = file;
        this.errors = errors;
    }

    private static ReadOnlySpan<byte> Magic => "CBM1"u8;

    /// <summary>Whether the first bytes are those of such a file.</summary>
    public static bool IsModel(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FlamaException">It is damaged, or uses what cannot be evaluated.</exception>
    public static CatBoostContent Read(ReadOnlyMemory<byte> file, BoosterErrors errors) => new CbmReader(file, errors).Read();

    private CatBoostContent Read()
    {
        at = IsModel(file.Span) ? Magic.Length : throw errors.Fail("it does not start with CBM1");
        var core = new FlatBuffer(Part(), errors.Fail).Root();
        var format = core.Text(CbmFields.CoreFormat);
        if (format != Format)
        {
            throw errors.Unsupported($"the form {InputCheck.Shorten(format)} of CatBoost files");
        }

        var trees = core.Table(CbmFields.CoreTrees) ?? throw errors.Fail("it has no trees");
        Refuse(trees);
        var floats = CbmFeatures.Floats(trees, errors);
        var categories = CbmFeatures.Categories(trees);
        var tables = ReadTables(core.Texts(CbmFields.CoreParts));
        var width = trees.Int32(CbmFields.Width);
        return new CatBoostContent
        {
            Floats = floats,
            Categories = categories,
            OneHots = CbmFeatures.OneHots(trees),
            Ctrs = CbmCtrs.Features(trees, tables, errors),
            Unused = CbmFeatures.Unused(trees),
            Trees = CbmTrees.Read(trees, width, errors),
            Width = width,
            Scale = trees.Double(CbmFields.Scale, 1),
            Bias = ReadBias(trees, width),
            Info = ReadInfo(core),
        };
    }

    // A single number until several became possible.
    private double[] ReadBias(FlatTable trees, int width)
    {
        var bias = trees.Vector<double>(CbmFields.MultiBias);
        var single = trees.Double(CbmFields.Bias);
        return bias.Length > 0 ? bias
            : width == 1 ? [single]
            : width is > 1 and <= CatBoostContent.MaxWidth && single == 0 ? new double[width]
            : throw errors.Fail($"it has {width} outputs and the bias {single}");
    }

    private Dictionary<CtrKey, CtrTable> ReadTables(string[] parts)
    {
        Dictionary<CtrKey, CtrTable> tables = [];
        foreach (var part in parts)
        {
            if (part != CtrPart)
            {
                throw errors.Unsupported($"the part {InputCheck.Shorten(part)} of a CatBoost model");
            }

            var count = Size();
            for (var i = 0L; i < count; i++)
            {
                CbmCtrs.AddTable(tables, new FlatBuffer(Part(), errors.Fail).Root(), errors);
            }
        }

        return at == file.Length ? tables : throw errors.Fail($"{file.Length - at} bytes follow its end");
    }

    private static Dictionary<string, string> ReadInfo(FlatTable core)
    {
        Dictionary<string, string> info = new(StringComparer.Ordinal);
        foreach (var entry in core.Tables(CbmFields.CoreInfo))
        {
            info[entry.Text(0)] = entry.Text(1);
        }

        return info;
    }

    private void Refuse(FlatTable trees)
    {
        foreach (var (field, kind) in ((int, string)[])[(CbmFields.TextFeatures, "text"), (CbmFields.EmbeddingFeatures, "embedding")])
        {
            var used = trees.Tables(field).Where(feature => feature.Flag(CbmFields.IsUsed, absent: true)).Select(CbmFeatures.Describe).ToArray();
            if (used.Length > 0)
            {
                throw errors.Unsupported($"the {kind} feature{(used.Length == 1 ? "" : "s")} {Json.Excerpt.List(used, 12)} of a CatBoost model");
            }
        }

        if (trees.Tables(CbmFields.EstimatedFeatures).Length > 0)
        {
            throw errors.Unsupported("features that a CatBoost model computes from texts or embeddings");
        }
    }

    private ReadOnlyMemory<byte> Part()
    {
        var size = Size();
        if (size > file.Length - at)
        {
            throw errors.Fail($"the part at byte {at} has {size} bytes, and {file.Length - at} are left");
        }

        var part = file.Slice(at, (int)size);
        at += part.Length;
        return part;
    }

    // A size beyond 32 bits follows a mark.
    private long Size()
    {
        var size = (long)BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
        return size < uint.MaxValue ? size : (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong))), long.MaxValue);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > file.Length - at)
        {
            throw errors.Fail($"it ends at byte {file.Length}, and at {at} there should be {count} more");
        }

        at += count;
        return file.Span.Slice(at - count, count);
    }
}
