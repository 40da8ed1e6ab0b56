using System.Buffers.Binary;
using Flama.FlatBuffers;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>Reads the tables of CatBoost's binary form, and the features that look numbers up in them.</summary>
internal static class CbmCtrs
{
    private const int BucketSize = sizeof(ulong) + sizeof(uint);
    private const int ValueSize = sizeof(int);

    /// <summary>The features that look numbers up.</summary>
    public static CtrFeature[] Features(FlatTable trees, Dictionary<CtrKey, CtrTable> tables, BoosterErrors errors)
    {
        List<CtrFeature> features = [];
        foreach (var feature in trees.Tables(CbmFields.CtrFeatures))
        {
            var ctr = feature.Table(0) ?? throw errors.Fail("a CTR feature has no CTR");
            var key = KeyOf(ctr, errors);
            if (!tables.TryGetValue(key, out var table))
            {
                throw errors.Fail($"the table of a CTR of type {key.Type} is not there");
            }

            features.Add(new(
                table, ctr.Int32(1), ctr.Single(2), ctr.Single(3, 1), ctr.Single(4), ctr.Single(5, 1), feature.Vector<float>(1)));
        }

        return [.. features];
    }

    /// <summary>Adds a table.</summary>
    public static void AddTable(Dictionary<CtrKey, CtrTable> tables, FlatTable table, BoosterErrors errors)
    {
        var key = KeyOf(table, errors);
        var buckets = table.Bytes(CbmFields.TableRows);
        var classes = CtrTable.CountsClasses(key.Type) ? table.Int32(CbmFields.TableClasses) : 1;
        var rowSize = (CtrTable.IsMean(key.Type) ? 2L : classes) * ValueSize;
        var values = table.Bytes(CbmFields.TableValues);
        if (buckets.Length % BucketSize != 0 || rowSize <= 0 || values.Length % rowSize != 0)
        {
            throw errors.Fail($"the table of a CTR of type {key.Type} has {buckets.Length} bytes of keys and {values.Length} of values for {classes} classes");
        }

        var (counts, sums) = Values(values, CtrTable.IsMean(key.Type));
        var made = new CtrTable(
            key.Type, key.Projection, Index(buckets, (int)(values.Length / rowSize), errors), classes, counts, sums, table.Int32(CbmFields.TableTotal));
        if (!tables.TryAdd(key, made))
        {
            throw errors.Fail($"the table of a CTR of type {key.Type} is there twice");
        }
    }

    private static (int[] Counts, float[] Sums) Values(ReadOnlySpan<byte> values, bool isMean)
    {
        var step = isMean ? 2 * ValueSize : ValueSize;
        var counts = new int[values.Length / step];
        var sums = new float[isMean ? counts.Length : 0];
        for (var i = 0; i < counts.Length; i++)
        {
            var value = values[(i * step)..];
            if (isMean)
            {
                sums[i] = BinaryPrimitives.ReadSingleLittleEndian(value);
                value = value[ValueSize..];
            }

            counts[i] = BinaryPrimitives.ReadInt32LittleEndian(value);
        }

        return (counts, sums);
    }

    // Buckets of a hash table, most of them empty; where a key is found in it plays no part here.
    private static CtrIndex Index(ReadOnlySpan<byte> buckets, int rowCount, BoosterErrors errors)
    {
        List<ulong> keys = [];
        List<int> rows = [];
        for (; !buckets.IsEmpty; buckets = buckets[BucketSize..])
        {
            var key = BinaryPrimitives.ReadUInt64LittleEndian(buckets);
            if (key == ulong.MaxValue)
            {
                continue;
            }

            var row = BinaryPrimitives.ReadUInt32LittleEndian(buckets[sizeof(ulong)..]);
            keys.Add(key);
            rows.Add(row < rowCount ? (int)row : throw errors.Fail($"a key of a CTR leads to row {row} of {rowCount}"));
        }

        return CtrTables.Index(keys, rows, errors);
    }

    private static CtrKey KeyOf(FlatTable owner, BoosterErrors errors)
    {
        var ctr = owner.Table(0) ?? throw errors.Fail("a CTR does not tell what it is");
        var type = (CtrType)ctr.Byte(CbmFields.BaseType);
        var projection = ctr.Table(CbmFields.BaseProjection) ?? throw errors.Fail("a CTR does not tell what it looks up");
        return type <= CtrType.FeatureFreq
            ? new(
                type,
                ctr.Int32(CbmFields.BaseClassifier),
                new(projection.Vector<int>(0), projection.Vector<FloatSplit>(1), projection.Vector<OneHotSplit>(2)))
            : throw errors.Unsupported($"a CTR of the type {(byte)type}");
    }
}
