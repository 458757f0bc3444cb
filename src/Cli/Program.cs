Console.Error.WriteLine("circuitsim");
return 2;
