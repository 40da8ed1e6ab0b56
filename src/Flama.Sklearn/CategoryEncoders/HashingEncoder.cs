using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Counts, for each row, the hashes of its encoded cells modulo a number of columns; the other columns follow.</summary>
/// <remarks>
/// A cell is hashed as Python prints it: 3 for a whole number, 'nan' for NaN; None counts nowhere. Source: category_encoders.hashing, checked against 2.6.4 and 2.11.2.
/// </remarks>
internal sealed class HashingEncoder : CategoryTransformer
{
    private const int MaxComponents = 1 << 20;

    public HashingEncoder(EstimatorState state)
        : base(state)
    {
        var components = state.Integer("n_components");
        if (components is < 1 or > MaxComponents)
        {
            throw state.Fail($"its n_components is {components}, expected 1 to {MaxComponents}");
        }

        var hash = HashOf(state);
        int[] encoded = [.. state.Values("cols").Select(label => Labels.Find(state, label))];
        var outputs = new List<FrameColumns> { new HashColumns(encoded, components, hash) };
        outputs.AddRange(Enumerable.Range(0, Labels.Count).Except(encoded).Select(i => Pass(state, i)));
        Outputs = Without(state, outputs, "invariant_cols");
    }

    // What the hash is for here is to spread, as the library does.
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "A bucket number, as the library computes it.")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "A bucket number, as the library computes it.")]
    private static Func<byte[], byte[]> HashOf(EstimatorState state) => state.Choice("hash_method", "md5", "sha1", "sha256", "sha384", "sha512") switch
    {
        "md5" => MD5.HashData,
        "sha1" => SHA1.HashData,
        "sha256" => SHA256.HashData,
        "sha384" => SHA384.HashData,
        _ => SHA512.HashData,
    };
}
