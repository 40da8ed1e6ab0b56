using Microsoft.ML.Tokenizers;

namespace Flama.Processing.Texts;

/// <summary>Numbers by a tokenizer of Microsoft.ML.Tokenizers.</summary>
internal sealed class LibraryEncoder(Tokenizer tokenizer) : ITextEncoder
{
    public IReadOnlyList<int> Encode(string text) => tokenizer.EncodeToIds(text);
}
