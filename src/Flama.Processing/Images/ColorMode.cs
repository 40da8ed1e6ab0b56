namespace Flama.Processing.Images;

/// <summary>The channels that a model takes, as Pillow names them.</summary>
internal enum ColorMode
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Grey.</summary>
    L,
}
