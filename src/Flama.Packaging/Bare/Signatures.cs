namespace Flama.Packaging.Bare;

/// <summary>Tells files by bytes at a fixed position.</summary>
internal static class Signatures
{
    private static readonly (int Offset, byte[] Bytes, ModelFormat Format)[] Table =
    [
        (0, "ZF0x"u8.ToArray(), ModelFormats.Joblib),
        (0, "CBM1"u8.ToArray(), ModelFormats.CatBoostBinary),
        (0, "GGUF"u8.ToArray(), ModelFormats.Gguf),
        (4, "TFL3"u8.ToArray(), ModelFormats.TfLite),
        (4, "ET12"u8.ToArray(), ModelFormats.ExecuTorch),
        (0, "RDX2\n"u8.ToArray(), ModelFormats.RData),
        (0, "RDX3\n"u8.ToArray(), ModelFormats.RData),
        (0, "RDA2\n"u8.ToArray(), ModelFormats.RData),
        (0, "RDA3\n"u8.ToArray(), ModelFormats.RData),
        (0, [(byte)'X', (byte)'\n', 0, 0, 0], ModelFormats.RData),
        (0, "PAR1"u8.ToArray(), ModelFormats.Parquet),
        (0, "ARROW1"u8.ToArray(), ModelFormats.Arrow),
        (0, "FEA1"u8.ToArray(), ModelFormats.Arrow),
        (0, [0x93, .. "NUMPY"u8], ModelFormats.NumPy),
        (0, "%PDF-"u8.ToArray(), ModelFormats.Pdf),
        (0, "Rar!"u8.ToArray(), ModelFormats.SevenZip),
        (0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], ModelFormats.SevenZip),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], ModelFormats.Excel),
        (0, "version https://git-lfs.github.com/spec/"u8.ToArray(), ModelFormats.GitLfsPointer),
        (0, "version https://hawser.github.com/spec/"u8.ToArray(), ModelFormats.GitLfsPointer),
        (0, "model_checkpoint_path:"u8.ToArray(), ModelFormats.TensorFlowCheckpoint),
    ];

    /// <summary>Tells what a file is; null when it has none of the signatures.</summary>
    /// <param name="start">Its first bytes.</param>
    public static ModelFormat? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (offset, bytes, format) in Table)
        {
            if (start.Length > offset && start[offset..].StartsWith(bytes))
            {
                return format;
            }
        }

        return IsSafetensors(start) ? ModelFormats.Safetensors : null;
    }

    // The length of a JSON header in eight bytes, and the header.
    private static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > 9 && start[8] == '{' && start[9] is (byte)'"' or (byte)'}' or (byte)' ' && !start[5..8].ContainsAnyExcept((byte)0);
}
