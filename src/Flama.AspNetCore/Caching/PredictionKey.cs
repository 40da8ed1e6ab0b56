using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Predict;
using Flama.Hosting;

namespace Flama.AspNetCore.Caching;

/// <summary>What an answer depends on, as a hash (SHA-256): this version of Flama, the model's file, the method, what is included, and every cell of the input.</summary>
/// <remarks>
/// Made from the input as it was read, not from its text: the same rows with other spaces, in another notation of the same number or by name in another order have the
/// same key. Two inputs that a model could tell apart never have.
/// </remarks>
internal readonly record struct PredictionKey(UInt128 High, UInt128 Low)
{
    private static readonly string Flama = typeof(PredictionKey).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The name of the answer in a store.</summary>
    public string Name => $"answer:{High:x32}{Low:x32}";

    /// <summary>Makes the key.</summary>
    /// <param name="loaded">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="includes">What of the answer is computed beside the output.</param>
    /// <param name="input">The input.</param>
    /// <param name="buffer">Takes what is hashed; cleared by the caller.</param>
    public static PredictionKey Of(LoadedModel loaded, ModelMethod method, PredictIncludes includes, ModelInput input, PooledBuffer buffer)
    {
        Add(buffer, Flama);
        Add(buffer, loaded.CacheName);
        Add(buffer, method.Name);
        Add(buffer, (int)includes);
        switch (input)
        {
            case FeatureBatch { Sparse: { } sparse }:
                Add(buffer, 1);
                Add(buffer, sparse);
                break;
            case FeatureBatch rows:
                Add(buffer, rows.IsNumeric ? 2 : 3);
                Add(buffer, rows);
                break;
            case TensorInputs tensors:
                Add(buffer, 4);
                Add(buffer, tensors);
                break;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    private static void Add(PooledBuffer buffer, FeatureBatch rows)
    {
        Add(buffer, rows.Rows);
        Add(buffer, rows.Columns);
        Add(buffer, rows.ColumnNames?.Count ?? -1);
        foreach (var name in rows.ColumnNames ?? [])
        {
            Add(buffer, name);
        }

        if (rows.IsNumeric)
        {
            // NaN and null are different bits.
            AddBytes(buffer, MemoryMarshal.AsBytes(rows.Numbers));
            return;
        }

        var numbers = rows.Numbers;
        var texts = rows.Texts;
        for (var cell = 0; cell < numbers.Length; cell++)
        {
            if (texts[cell] is { } text)
            {
                Add(buffer, text);
            }
            else
            {
                Add(buffer, -1);
                AddBytes(buffer, MemoryMarshal.AsBytes(numbers.Slice(cell, 1)));
            }
        }
    }

    private static void Add(PooledBuffer buffer, SparseRows rows)
    {
        Add(buffer, rows.Rows);
        Add(buffer, rows.Columns);
        for (var row = 0; row < rows.Rows; row++)
        {
            var columns = rows.ColumnsOf(row);
            Add(buffer, columns.Length);
            AddBytes(buffer, MemoryMarshal.AsBytes(columns));
            AddBytes(buffer, MemoryMarshal.AsBytes(rows.ValuesOf(row)));
        }
    }

    private static void Add(PooledBuffer buffer, TensorInputs tensors)
    {
        Add(buffer, tensors.Count);
        for (var i = 0; i < tensors.Count; i++)
        {
            Add(buffer, tensors.Names[i]);
            Add(buffer, tensors.Arrays[i]);
        }
    }

    private static void Add(PooledBuffer buffer, ModelArray array)
    {
        Add(buffer, (int)array.Type);
        Add(buffer, array.Shape.Count);
        foreach (var length in array.Shape)
        {
            AddBytes(buffer, MemoryMarshal.AsBytes([length]));
        }

        switch (array)
        {
            case ModelTensor { Type: ElementType.String } texts:
                foreach (var text in texts.Texts)
                {
                    Add(buffer, text);
                }

                break;
            case ModelTensor tensor:
                AddBytes(buffer, tensor.Bytes);
                break;
            case ModelSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Add(buffer, item);
                }

                break;
            case ModelMap map:
                foreach (var key in map.Keys)
                {
                    Add(buffer, key.ToString());
                }

                Add(buffer, map.Values);
                break;
            default:
                Add(buffer, -1);
                break;
        }
    }

    // With its length in front, so that no two sequences are the same bytes.
    private static void Add(PooledBuffer buffer, string? text)
    {
        Add(buffer, text?.Length ?? -1);
        AddBytes(buffer, MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Add(PooledBuffer buffer, int number) => AddBytes(buffer, MemoryMarshal.AsBytes([number]));

    private static void AddBytes(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
