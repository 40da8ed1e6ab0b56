namespace Flama.Sklearn.Preprocessing;

/// <summary>A product of columns: an earlier product times one more column.</summary>
/// <param name="Rest">Which earlier product; −1 when the term is the column alone.</param>
/// <param name="Feature">The column, the first in the product's order.</param>
internal readonly record struct ProductTerm(int Rest, int Feature);
