namespace Flama.Processing.Images;

/// <summary>How pictures are resized, as Pillow names it.</summary>
internal enum ImageFilter
{
    Nearest,
    Lanczos,
    Bilinear,
    Bicubic,
    Box,
    Hamming,
}
