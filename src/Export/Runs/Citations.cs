namespace CircuitSim.Export.Runs;

/// <summary>What to cite for a run.</summary>
internal static class Citations
{
    internal static IReadOnlyList<string> For(Experiment experiment)
    {
        var works = new List<string>
        {
            "M. Ansari, A. Fayyazi, A. Banagozar, M. A. Maleki, M. Kamal, A. Afzali-Kusha, M. Pedram, PHAX: Physical characteristics aware ex-situ training framework for inverter-based memristive neuromorphic circuits, IEEE TCAD 37(8):1602-1613, 2018, doi 10.1109/TCAD.2017.2764070",
            "A. McLean, A. Wong, K. Ferguson, A. Fayyazi, Framework for implementing DNN using memristor arrays, University of Southern California",
            "C. C. Enz, F. Krummenacher, E. A. Vittoz, An analytical MOS transistor model valid in all regions of operation, Analog Integrated Circuits and Signal Processing 8:83-114, 1995",
        };
        string? data = experiment.Data.Set switch
        {
            "mnist14" or "mnist" => "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits, 1998",
            "iris" => "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7:179-188, 1936",
            _ => null,
        };
        if (data is not null) works.Add(data);
        if (experiment.Train.Optimizer == "adam") works.Add("D. P. Kingma, J. Ba, Adam: A method for stochastic optimization, ICLR 2015");
        return works;
    }
}
